using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Gates;

/// <summary>One comparison over the nights of a history, and where its level shifted. It informs: the gate judges each night by itself.</summary>
/// <param name="Arm">The arm of the policy.</param>
/// <param name="Against">The arm that it is compared with, both from the head's build; null for head against baseline.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Nights">The nights that measured it, at least one, in the order of the history.</param>
/// <param name="Shifts">Where the level changed, in the same order.</param>
public sealed record HistoryTrend(string Arm, string? Against, MetricId Metric, IReadOnlyList<TrendNight> Nights, IReadOnlyList<TrendShift> Shifts)
{
    /// <summary>
    /// Finds the trends of a history. What each arm costs against the first arm of the same build is followed over all nights; head
    /// against baseline only over the nights that have the latest night's baseline, because another baseline is another question.
    /// Shifts are sought within an epoch: across a change of the environment nothing can be said. A pure function.
    /// </summary>
    /// <param name="entries">The nights in the order in which they were added; those with a planted cost are left out.</param>
    public static IReadOnlyList<HistoryTrend> Of(IReadOnlyList<HistoryEntry> entries)
    {
        HistoryEntry[] measured = [.. entries.Where(entry => entry.Night.Planted.Count == 0 && entry.Runs.Count > 0)];
        if (measured is not [.., var latest])
        {
            return [];
        }

        return
        [
            .. from point in HistoryEpoch.Of(measured).SelectMany((epoch, number) => epoch.Entries.SelectMany(entry => Points(entry, number)))
               where point.Estimate.Against is not null || point.Night.Facts.Baseline.Commit == latest.Night.Baseline.Commit
               group point by (point.Estimate.Arm, point.Estimate.Against, point.Estimate.Metric) into series
               select Trend(series.Key.Arm!, series.Key.Against, series.Key.Metric, [.. series]),
        ];
    }

    // The confirming run was started because the first was extreme: a series of both would be drawn to the extremes.
    // What the gate did not judge, because an arm was faulty or the run not trusted, is no cost either.
    private static IEnumerable<Point> Points(HistoryEntry entry, int epoch) =>
        from estimate in entry.Estimates
        where estimate is { Run: 0, Arm: not null }
        where !entry.Verdicts.Any(verdict => verdict.Arm == estimate.Arm && verdict.Metric == estimate.Metric && verdict.Outcome == GateOutcome.NotJudged)
        select new Point(epoch, estimate, new TrendNight(entry.Night, new Interval(estimate.Ratio, estimate.RatioLow, estimate.RatioHigh, estimate.ConfidenceLevel)));

    private static HistoryTrend Trend(string arm, string? against, MetricId metric, IReadOnlyList<Point> points) => new(
        arm,
        against,
        metric,
        [.. points.Select(point => point.Night)],
        [.. points.GroupBy(point => point.Epoch).SelectMany(epoch => ShiftsWithin([.. epoch.Select(point => point.Night)]))]);

    private static IEnumerable<TrendShift> ShiftsWithin(TrendNight[] all)
    {
        TrendNight[] nights = [.. all.TakeLast(ChangePointDetector.MaxCount)];
        int[] starts = [0, .. ChangePointDetector.Find([.. nights.Select(night => night.Ratio.Estimate)]), nights.Length];
        for (var change = 1; change < starts.Length - 1; change++)
        {
            var before = nights[starts[change - 1]..starts[change]];
            var after = nights[starts[change]..starts[change + 1]];
            yield return new TrendShift(before[^1].Facts, after[0].Facts, Level(before), Level(after));
        }
    }

    private static TrendLevel Level(TrendNight[] nights) => new(nights.Length, Quantile.Median([.. nights.Select(night => night.Ratio.Estimate)]));

    private sealed record Point(int Epoch, HistoryEstimate Estimate, TrendNight Night);
}

/// <summary>A night of a trend.</summary>
/// <param name="Facts">The night.</param>
/// <param name="Ratio">The change that it measured.</param>
public sealed record TrendNight(NightFacts Facts, Interval Ratio);

/// <summary>Where the level of a trend changed: somewhere between two heads.</summary>
/// <param name="Last">The last night before.</param>
/// <param name="First">The first night after.</param>
/// <param name="Before">The level before.</param>
/// <param name="After">The level after.</param>
public sealed record TrendShift(NightFacts Last, NightFacts First, TrendLevel Before, TrendLevel After);

/// <summary>The level of a trend between two shifts.</summary>
/// <param name="Nights">The nights.</param>
/// <param name="MedianRatio">The median of what they measured.</param>
public sealed record TrendLevel(int Nights, double MedianRatio);
