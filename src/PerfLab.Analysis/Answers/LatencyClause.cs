using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Metrics;

namespace PerfLab.Analysis.Answers;

/// <summary>What the arm does to response times: the median, and the 99th percentile where it can be told.</summary>
internal static class LatencyClause
{
    internal static string Of(MetricComparison p50, MetricComparison p99)
    {
        if (p50.Ratio is not { } median)
        {
            return $"latency not measured ({p50.NotMeasuredBecause})";
        }

        string[] changes = [.. new[] { p50, p99 }.Where(IsDetected).Select(Change)];
        return (changes.Length, p50.Verdict) switch
        {
            (> 0, _) => string.Join(" and ", changes),
            (_, Verdict.Same) => "no detectable latency",
            _ => $"no detectable latency (p50 {PercentText.Bounds(median)} %)",
        };
    }

    // Detected: the interval leaves zero outside, and the change is not shown to be too small to matter.
    private static bool IsDetected(MetricComparison metric) =>
        metric is { Ratio: { } ratio, Verdict: not Verdict.Same } && (ratio.Low > 0 || ratio.High < 0);

    private static string Change(MetricComparison metric) =>
        $"{MetricCatalogue.Get(metric.Metric).InSentence} {PercentText.Change(metric.Ratio!)}";
}
