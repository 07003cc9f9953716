namespace PerfLab.Load.LoadTests;

/// <summary>What a load test measured.</summary>
/// <param name="Driver">The driver that made it.</param>
/// <param name="Result">The counts.</param>
/// <param name="Recorder">The durations.</param>
/// <param name="Timeline">How it went, without the warm-up.</param>
public sealed record LoadTestMeasurement(DriverKind Driver, LoadResult Result, LatencyRecorder Recorder, IReadOnlyList<LoadTestStep> Timeline)
{
    /// <summary>Gets the processor time of the whole process while the load was made.</summary>
    public required TimeSpan ProcessCpu { get; init; }

    /// <summary>Gets what the whole process allocated while the load was made.</summary>
    public required long AllocatedBytes { get; init; }
}
