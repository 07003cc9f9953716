namespace PerfLab.Experiments.Results;

/// <summary>The warm-up of one arm.</summary>
/// <param name="LoadSeconds">Load that the arm received before measuring.</param>
/// <param name="RequestCount">Requests answered in it.</param>
/// <param name="Settled">Whether the last windows showed no slope; null where it could not be judged.</param>
/// <param name="CpuSecondsPerRequest">CPU time per request of each window at the planned load, in time order; empty where not measured.</param>
public sealed record WarmUpRecord(
    double LoadSeconds,
    long RequestCount,
    bool? Settled,
    IReadOnlyList<double> CpuSecondsPerRequest)
{
    /// <summary>
    /// Gets the methods that the runtime had compiled before the first window of hard work and after each; empty where not
    /// measured.
    /// </summary>
    public IReadOnlyList<long> CompiledMethodCounts { get; init; } = [];
}
