using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Load.Drivers;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.LoadTests;

/// <summary>What a load test measured.</summary>
/// <param name="Driver">The driver that made it.</param>
/// <param name="Result">The counts.</param>
/// <param name="Recorder">The durations.</param>
/// <param name="Timeline">How it went, without the warm-up.</param>
public sealed record LoadTestMeasurement(DriverKind Driver, LoadResult Result, LatencyRecorder Recorder, IReadOnlyList<LoadTestSecond> Timeline)
{
    /// <summary>Gets the counts and response times by the name of the request; null where there is one request alone.</summary>
    public required RequestBreakdown? Breakdown { get; init; }

    /// <summary>Gets the feed with the fewest rows of those whose rows were used again; null where there is none.</summary>
    public FeedDemand? ShortFeed { get; init; }

    /// <summary>Gets the processor time of the whole process while the load was made.</summary>
    public required TimeSpan ProcessCpu { get; init; }

    /// <summary>Gets what the whole process allocated while the load was made.</summary>
    public required long AllocatedBytes { get; init; }
}

/// <summary>Answers what thresholds ask, from what a load measured.</summary>
/// <param name="result">The counts.</param>
/// <param name="recorder">The durations.</param>
/// <param name="breakdown">The same by the name of the request; null where nobody asks for names.</param>
public sealed class LoadMeasurements(LoadResult result, LatencyRecorder recorder, RequestBreakdown? breakdown = null) : ILoadMeasurements
{
    /// <inheritdoc/>
    public double? ErrorShare => ShareOf(result.Counts.Offered, result.Counts.Answered);

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

    /// <inheritdoc/>
    public ILoadMeasurements? OfRequest(string name) => breakdown?.Find(name) is { } requests ? new OneName(requests, result.WindowSeconds) : null;

    // One rounding alone: 1 error of 10 is the number that a limit of 10 % is read as, which 1 - 0.9 is not.
    private static double? ShareOf(long offered, long answered) => offered == 0 ? null : (offered - answered) / (double)offered;

    private static double? Of(LatencyHistogram histogram, TimeStatistic statistic) => statistic switch
    {
        TimeStatistic.Mean => histogram.MeanSeconds,
        TimeStatistic.Minimum => histogram.SecondsAt(0),
        TimeStatistic.Maximum => histogram.SecondsAt(100),
        TimeStatistic.Percentile(var percent) => histogram.SecondsAt(percent),
        _ => null,
    };

    private sealed class OneName(RequestBreakdown.NamedRequests requests, double windowSeconds) : ILoadMeasurements
    {
        public double? ErrorShare => ShareOf(requests.Offered, requests.Answered);

        public long? DroppedCount => requests.Offered == 0 ? null : requests.Offered - requests.Answered - requests.Errors;

        public long? AnsweredCount => requests.Offered == 0 ? null : requests.Answered;

        public double? AnsweredPerSecond => requests.Offered == 0 || windowSeconds <= 0 ? null : requests.AnsweredInWindow / windowSeconds;

        public double? ResponseTimeSeconds(TimeStatistic statistic) => Of(requests.ResponseTime, statistic);

        // The schedule is one for all names.
        public double? StartLatenessSeconds(TimeStatistic statistic) => null;

        public ILoadMeasurements? OfRequest(string name) => null;
    }
}
