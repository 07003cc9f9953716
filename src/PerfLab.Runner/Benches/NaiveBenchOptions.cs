using PerfLab.Experiments.Plans;

namespace PerfLab.Runner.Benches;

/// <summary>How a comparison is made that runs one arm after the other.</summary>
public sealed record NaiveBenchOptions
{
    /// <summary>Gets the uncounted load before each run.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Gets the counted load of each run.</summary>
    public required TimeSpan RunLength { get; init; }

    /// <summary>Gets the connections of the closed loop.</summary>
    public required int Connections { get; init; }

    /// <summary>Gets which processors do what; null leaves all processes anywhere.</summary>
    public required Placement? Placement { get; init; }
}
