using PerfLab.Analysis;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Charts;

/// <summary>Gathers what a forest plot shows.</summary>
internal static class ForestRows
{
    /// <summary>Gathers every arm but the baseline, in plan order.</summary>
    public static IReadOnlyList<ForestRow> Gather(RunAnalysis analysis, MetricId metric)
    {
        var baseline = analysis.Arms.FirstOrDefault(arm => arm.Role == ArmRole.Baseline);
        var reference = baseline is null ? [] : Samples(baseline, metric);
        return
        [
            .. from arm in analysis.Arms
               where arm.Role != ArmRole.Baseline
               let comparison = arm.Metrics.FirstOrDefault(candidate => candidate.Metric == metric)
               select new ForestRow(arm.Name, arm.Role, comparison?.Ratio, comparison?.Verdict ?? Verdict.Invalid, Changes(Samples(arm, metric), reference)),
        ];
    }

    private static IReadOnlyList<double?> Samples(ArmAnalysis arm, MetricId metric) =>
        arm.Metrics.FirstOrDefault(candidate => candidate.Metric == metric)?.Samples ?? [];

    private static IReadOnlyList<double> Changes(IReadOnlyList<double?> samples, IReadOnlyList<double?> reference) =>
        [.. samples.Zip(reference)
            .Where(pair => pair.First is not null && pair.Second > 0)
            .Select(pair => (pair.First!.Value / pair.Second!.Value) - 1)];
}
