namespace PerfLab.Experiments.Scenarios;

/// <summary>What the placeholders of one process stand for, in one launch of one arm.</summary>
public sealed record PlaceholderValues
{
    /// <summary>Gets the name of the process whose command or environment is expanded.</summary>
    public required string Process { get; init; }

    /// <summary>Gets the port of every process of the arm, by name; <see cref="Process"/> is among them.</summary>
    public required IReadOnlyDictionary<string, int> Ports { get; init; }

    /// <summary>Gets the folder that holds <c>scenarios/</c>.</summary>
    public required string Root { get; init; }

    /// <summary>Gets the folder with the built targets.</summary>
    public required string Targets { get; init; }

    /// <summary>Gets the empty folder of this process and launch.</summary>
    public required string Scratch { get; init; }
}
