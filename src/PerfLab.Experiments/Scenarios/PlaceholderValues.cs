namespace PerfLab.Experiments.Scenarios;

/// <summary>What the placeholders of one process stand for.</summary>
public sealed record PlaceholderValues
{
    /// <summary>Gets the name of the process whose texts are expanded.</summary>
    public required string Process { get; init; }

    /// <summary>Gets the loopback port of every process of the arm by name.</summary>
    public required IReadOnlyDictionary<string, int> Ports { get; init; }

    /// <summary>Gets the folder that holds <c>scenarios/</c>.</summary>
    public required string RootFolder { get; init; }

    /// <summary>Gets the folder with the built targets.</summary>
    public required string TargetsFolder { get; init; }

    /// <summary>Gets the process's own empty folder.</summary>
    public required string ScratchFolder { get; init; }
}
