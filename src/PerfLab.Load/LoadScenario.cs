using PerfLab.Experiments.Scenarios;

namespace PerfLab.Load;

/// <summary>What one user does in one iteration: steps one after the other, each when the one before was answered as expected.</summary>
public sealed record LoadScenario
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how often the scenario is run relative to the others; above 0.</summary>
    public required double Weight { get; init; }

    /// <summary>Gets the steps, at least one. Their own weights mean nothing. All steps of an iteration take the same row of a feed.</summary>
    public required IReadOnlyList<RequestDefinition> Steps { get; init; }
}
