using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Thresholds.Measured;
using PerfLab.Load.Latency;

namespace PerfLab.Load.LoadTests;

/// <summary>Answers what thresholds ask, from what a load measured.</summary>
/// <param name="result">The counts.</param>
/// <param name="recorder">The durations.</param>
public sealed class LoadMeasurements(LoadResult result, LatencyRecorder recorder) : ILoadMeasurements
{
    /// <inheritdoc/>
    public double? ErrorShare => result.OfferedCount == 0 ? null : 1 - (result.AnsweredCount / (double)result.OfferedCount);

    /// <inheritdoc/>
    public long? DroppedCount => result.OfferedCount == 0 ? null : result.DroppedCount;

    /// <inheritdoc/>
    public long? AnsweredCount => result.OfferedCount == 0 ? null : result.AnsweredCount;

    /// <inheritdoc/>
    public double? AnsweredPerSecond => result.OfferedCount == 0 || result.WindowSeconds <= 0 ? null : result.AnsweredInWindowCount / result.WindowSeconds;

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
