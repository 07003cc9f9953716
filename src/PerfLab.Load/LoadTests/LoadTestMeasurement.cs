using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Load.Drivers;

namespace PerfLab.Load.LoadTests;

/// <summary>What a load test measured.</summary>
/// <param name="Driver">The driver that made it.</param>
/// <param name="Result">The counts.</param>
/// <param name="Recorder">The durations.</param>
/// <param name="Timeline">How it went, without the warm-up.</param>
public sealed record LoadTestMeasurement(DriverKind Driver, LoadResult Result, LatencyRecorder Recorder, IReadOnlyList<LoadTestSecond> Timeline)
{
    /// <summary>Gets the processor time of the whole process while the load was made.</summary>
    public required TimeSpan ProcessCpu { get; init; }

    /// <summary>Gets what the whole process allocated while the load was made.</summary>
    public required long AllocatedBytes { get; init; }
}

/// <summary>Answers what thresholds ask, from what a load measured.</summary>
/// <param name="result">The counts.</param>
/// <param name="recorder">The durations.</param>
public sealed class LoadMeasurements(LoadResult result, LatencyRecorder recorder) : ILoadMeasurements
{
    /// <inheritdoc/>
    public double? ErrorShare => result.Counts.Offered == 0 ? null : 1 - (result.Counts.Answered / (double)result.Counts.Offered);

    /// <inheritdoc/>
    public long? DroppedCount => result.Counts.Offered == 0 ? null : result.Counts.Dropped;

    /// <inheritdoc/>
    public long? AnsweredCount => result.Counts.Offered == 0 ? null : result.Counts.Answered;

    /// <inheritdoc/>
    public double? AnsweredPerSecond => result.Counts.Offered == 0 || result.WindowSeconds <= 0 ? null : result.Counts.AnsweredInWindow / result.WindowSeconds;

    /// <inheritdoc/>
    public double? ResponseTimeSeconds(TimeStatistic statistic) => Of(recorder.Response, statistic);

    /// <inheritdoc/>
    public double? StartLatenessSeconds(TimeStatistic statistic) => Of(recorder.Lateness, statistic);

    private static double? Of(LatencyHistogram histogram, TimeStatistic statistic) => statistic switch
    {
        TimeStatistic.Mean => histogram.MeanSeconds,
        TimeStatistic.Minimum => histogram.SecondsAt(0),
        TimeStatistic.Maximum => histogram.SecondsAt(100),
        TimeStatistic.Percentile(var percent) => histogram.SecondsAt(percent),
        _ => null,
    };
}
