using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;

namespace PerfLab.Analysis.Gates;

/// <summary>Makes the line of a night in the history.</summary>
public static class NightHistory
{
    /// <summary>Makes it. A pure function.</summary>
    /// <param name="night">The night.</param>
    /// <param name="policy">The policy; estimates of other metrics are not kept.</param>
    /// <param name="evidence">What was measured.</param>
    /// <param name="result">What the gate says of it.</param>
    public static HistoryEntry EntryOf(NightFacts night, GatePolicy policy, GateEvidence evidence, GateResult result)
    {
        GateRun[] runs = [.. new[] { evidence.First, evidence.Confirmation }.OfType<GateRun>()];
        return new HistoryEntry
        {
            FormatVersion = HistoryEntry.CurrentFormatVersion,
            Night = night,
            End = evidence.End,
            Runs = [.. runs.Select(run => run.RunId)],
            Estimates = [.. runs.SelectMany((run, index) => EstimatesOf(policy, run, index))],
            Verdicts = [.. result.Metrics.Select(metric => new HistoryVerdict(metric.Arm, metric.Metric, metric.Outcome, metric.Blocks))],
            Outcome = result.Outcome,
            IsBlocked = result.IsBlocked,
        };
    }

    private static IEnumerable<HistoryEstimate> EstimatesOf(GatePolicy policy, GateRun run, int index) =>
        from metric in policy.Metrics
        from source in Sources(policy, run, index)
        from comparison in source.Comparisons
        where comparison.Metric == metric.Metric && comparison.Ratio is not null
        select new HistoryEstimate
        {
            Arm = source.Arm,
            Against = source.Against,
            Metric = metric.Metric,
            Run = index,
            LaunchSets = run.LaunchSets,
            Ratio = comparison.Ratio!.Estimate,
            RatioLow = comparison.Ratio!.Low,
            RatioHigh = comparison.Ratio!.High,
            ConfidenceLevel = comparison.Ratio!.ConfidenceLevel,
            DetectableRatio = comparison.DetectableEffect,
            Threshold = metric.Threshold,
        };

    // A confirming run need not hold the first arm of the policy. What a faulty arm costs is no point of a trend.
    private static IEnumerable<(string? Arm, string? Against, IReadOnlyList<MetricComparison> Comparisons)> Sources(GatePolicy policy, GateRun run, int index) =>
    [
        .. run.Pairs.Select(pair => ((string?)pair.Arm, (string?)null, pair.Comparisons)),
        .. run.Overheads.Where(pair => index == 0 && pair.Fault is null).Select(pair => ((string?)pair.Arm, (string?)policy.Arms[0], pair.Comparisons)),
        (null, null, run.Control),
    ];
}
