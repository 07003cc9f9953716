using PerfLab.Experiments;
using PerfLab.Statistics;

namespace PerfLab.Bench.Gates;

/// <summary>What the gate must show.</summary>
public static class GateBenchGoals
{
    // 19 of 20.
    private const double LeastFound = 0.95;

    /// <summary>Judges them. The interval is that of independent nights; these share their launch sets, so it is too narrow rather than too wide.</summary>
    /// <param name="record">The bench; its own goals are not looked at.</param>
    public static IReadOnlyList<BenchGoal> Judge(GateBenchRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return [.. record.Heads.SelectMany(head => head.Metrics.Select(metric => Judge(head, metric, record.Nights)))];
    }

    private static BenchGoal Judge(DrawnHead head, DrawnMetric metric, int nights)
    {
        var count = head.IsPlanted ? metric.Found : metric.Blocked;
        var share = (double)count / nights;
        var (low, high) = BinomialInterval.Of(count, nights);
        var name = $"{head.Arm}: nights that {(head.IsPlanted ? "find it" : "block")}, {MetricCatalog.Get(metric.Metric).InSentence}, %";
        return head.IsPlanted
            ? new BenchGoal(name, "at least 95", share * 100, low * 100, high * 100, share >= LeastFound ? BenchOutcome.Met : BenchOutcome.Missed)
            : new BenchGoal(name, "0", share * 100, low * 100, high * 100, count == 0 ? BenchOutcome.Met : BenchOutcome.Missed);
    }
}
