using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Statistics;

namespace PerfLab.Analysis;

/// <summary>
/// Sets two load tests side by side: their settings, and what was measured with its change. Each is one run, and the two are not
/// interleaved, so that a difference includes whatever changed on the machine in between. A pure function.
/// </summary>
public static class LoadTestComparer
{
    private static readonly ThresholdQuantity s_rate = new ThresholdQuantity.AnsweredRate();
    private static readonly ThresholdQuantity s_errors = new ThresholdQuantity.ErrorShare();
    private static readonly ThresholdQuantity[] s_all = [s_rate, s_errors, .. Times([50, 90, 99, 99.9]), Time(new TimeStatistic.Maximum()), Time(new TimeStatistic.Mean())];
    private static readonly ThresholdQuantity[] s_ofRequest = [s_rate, s_errors, .. Times([50, 90, 99])];

    /// <summary>Compares the second load test with the first.</summary>
    /// <param name="first">What is compared with.</param>
    /// <param name="second">What is compared.</param>
    public static LoadTestComparison Compare(LoadTestRecord first, LoadTestRecord second) => new()
    {
        First = first,
        Second = second,
        Differences = LoadTestDifference.Between(first, second),
        Changes = [.. s_all.Select(quantity => Change(quantity, null, first, second))],
        Requests =
        [
            .. from request in first.Requests
               where second.Requests.Any(other => other.Name == request.Name)
               from quantity in s_ofRequest
               select Change(quantity, request.Name, first, second),
        ],
    };

    /// <summary>Judges a condition on the change from the first to the second.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="comparison">The two load tests.</param>
    public static ChangeConditionResult Judge(ChangeCondition condition, LoadTestComparison comparison)
    {
        var change = Change(condition.Quantity, condition.Request, comparison.First, comparison.Second);
        return new ChangeConditionResult(condition, change, change.Change is { } value ? condition.Holds(value) : null);
    }

    /// <summary>Says whether both files keep what a condition is about.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="comparison">The two load tests.</param>
    public static ChangeConditionFault FaultOf(ChangeCondition condition, LoadTestComparison comparison)
    {
        LoadTestRecord[] both = [comparison.First, comparison.Second];
        if (condition.Request is { } name && both.Any(record => record.Requests.All(request => request.Name != name)))
        {
            return ChangeConditionFault.NoSuchRequest;
        }

        var summaries = both.Select(record => Measured.Of(record, condition.Request)?.ResponseTime).OfType<LatencySummary>();
        return condition.Quantity switch
        {
            ThresholdQuantity.ResponseTime { Statistic: TimeStatistic.Percentile(var percent) } when summaries.Any(summary => Measured.At(summary, percent) is null) => ChangeConditionFault.NoSuchPercentile,
            _ => ChangeConditionFault.None,
        };
    }

    private static LoadTestChange Change(ThresholdQuantity quantity, string? request, LoadTestRecord first, LoadTestRecord second)
    {
        var (before, after) = (Measured.Of(first, request)?.Find(quantity), Measured.Of(second, request)?.Find(quantity));
        double? change = quantity is ThresholdQuantity.ErrorShare ? after - before : before > 0 ? (after / before) - 1 : null;
        return new LoadTestChange(quantity, request, before, after, change, request is null ? SecondsInPairs.Of(quantity, first, second) : null);
    }

    private static IEnumerable<ThresholdQuantity> Times(double[] percentiles) => percentiles.Select(percentile => Time(new TimeStatistic.Percentile(percentile)));

    private static ThresholdQuantity.ResponseTime Time(TimeStatistic statistic) => new(statistic);

    /// <summary>The numbers of all requests of a load test, or of those of one name.</summary>
    private sealed record Measured(long Offered, long Answered, double? AnsweredPerSecond, LatencySummary? ResponseTime)
    {
        public static Measured? Of(LoadTestRecord record, string? request) => request is null
            ? new Measured(record.Counts.Offered, record.Counts.Answered, record.AnsweredPerSecond, record.ResponseTime)
            : record.Requests.FirstOrDefault(one => one.Name == request) is { } named
                ? new Measured(named.Offered, named.Answered, named.AnsweredPerSecond, named.ResponseTime)
                : null;

        public static double? At(LatencySummary? summary, double percentile) =>
            summary?.Spectrum.FirstOrDefault(point => point.Percentile.Equals(percentile))?.Seconds;

        public double? Find(ThresholdQuantity quantity) => quantity switch
        {
            ThresholdQuantity.AnsweredRate => AnsweredPerSecond,
            ThresholdQuantity.ErrorShare => Offered > 0 ? (double)(Offered - Answered) / Offered : null,
            ThresholdQuantity.ResponseTime { Statistic: TimeStatistic.Percentile(var percentile) } => At(ResponseTime, percentile),
            ThresholdQuantity.ResponseTime { Statistic: TimeStatistic.Mean } => ResponseTime?.MeanSeconds,
            ThresholdQuantity.ResponseTime { Statistic: TimeStatistic.Maximum } => ResponseTime?.MaxSeconds,
            _ => null,
        };
    }
}

/// <summary>
/// The change from second to second of the same load: second i of the one beside second i of the other, because a load may ramp.
/// Seconds that follow each other are alike, so that up to 12 groups of them are the values: their exact signed-rank interval
/// says how much the change differs within the two runs, and nothing of how it would differ from run to run.
/// </summary>
internal static class SecondsInPairs
{
    private const int MostGroups = 12;

    // The last second of a phase may be a splinter.
    private const double ShortestSeconds = 0.5;

    /// <summary>Estimates the change of one quantity.</summary>
    /// <returns>Null where the seconds do not have it, or are fewer than an interval needs.</returns>
    public static Interval? Of(ThresholdQuantity quantity, LoadTestRecord first, LoadTestRecord second)
    {
        (LoadTestSecond First, LoadTestSecond Second)[] pairs =
            [.. first.Timeline.Zip(second.Timeline).Where(pair => pair.First.WindowSeconds >= ShortestSeconds && pair.Second.WindowSeconds >= ShortestSeconds)];
        if (pairs.Length < SignedRankInterval.SmallestCount())
        {
            return null;
        }

        var groups = Math.Min(pairs.Length, MostGroups);
        double?[] changes =
        [
            .. Enumerable.Range(0, groups)
                .Select(group => pairs[(group * pairs.Length / groups)..((group + 1) * pairs.Length / groups)])
                .Select(part => Change(quantity, [.. part.Select(pair => pair.First)], [.. part.Select(pair => pair.Second)])),
        ];
        double[] known = [.. changes.OfType<double>().Where(double.IsFinite)];

        // Where nothing failed in either, there is nothing to bound.
        return known.Length < groups || (quantity is ThresholdQuantity.ErrorShare && known.All(change => change == 0)) || SignedRankInterval.Of(known) is not { } estimate ? null
            : quantity is ThresholdQuantity.ErrorShare ? new Interval(estimate.Value, estimate.Low, estimate.High, estimate.ConfidenceLevel)
            : new Interval(Math.Exp(estimate.Value) - 1, Math.Exp(estimate.Low) - 1, Math.Exp(estimate.High) - 1, estimate.ConfidenceLevel);
    }

    private static double? Change(ThresholdQuantity quantity, LoadTestSecond[] first, LoadTestSecond[] second) => quantity switch
    {
        ThresholdQuantity.AnsweredRate => Math.Log(Rate(second) / Rate(first)),
        ThresholdQuantity.ErrorShare => Errors(second) - Errors(first),
        ThresholdQuantity.ResponseTime { Statistic: TimeStatistic.Percentile { Percent: 50 } } => LogRatio(first, second, each => each.P50Seconds),
        ThresholdQuantity.ResponseTime { Statistic: TimeStatistic.Percentile { Percent: 99 } } => LogRatio(first, second, each => each.P99Seconds),
        _ => null,
    };

    private static double Rate(LoadTestSecond[] seconds) => seconds.Sum(each => each.AnsweredCount) / seconds.Sum(each => each.WindowSeconds);

    private static double? Errors(LoadTestSecond[] seconds)
    {
        var offered = seconds.Sum(each => each.OfferedCount);
        return offered > 0 ? (double)seconds.Sum(each => each.ErrorCount + each.DroppedCount) / offered : null;
    }

    private static double? LogRatio(LoadTestSecond[] first, LoadTestSecond[] second, Func<LoadTestSecond, double?> percentile) =>
        first.Concat(second).Any(each => percentile(each) is not > 0) ? null : Math.Log(second.Average(percentile)!.Value / first.Average(percentile)!.Value);
}
