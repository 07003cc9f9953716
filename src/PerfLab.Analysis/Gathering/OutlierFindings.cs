using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Results;
using PerfLab.Statistics.Descriptions;

namespace PerfLab.Analysis.Gathering;

/// <summary>Names launch sets whose change of a primary metric lies outside Tukey's fences. They stay in every number.</summary>
internal static class OutlierFindings
{
    internal static IEnumerable<Finding> Of(IReadOnlyList<ArmAnalysis> arms, ArmAnalysis baseline, IReadOnlyList<LaunchRecord> launches)
    {
        foreach (var metric in MetricCatalogue.All.Where(metric => metric.IsPrimary))
        {
            var reference = baseline.Metrics.Single(comparison => comparison.Metric == metric.Id).Samples;
            var found = arms
                .Where(arm => arm.Name != baseline.Name)
                .SelectMany(arm => InArm(arm.Name, arm.Metrics.Single(comparison => comparison.Metric == metric.Id), reference, launches))
                .ToArray();
            if (found.Length > 0)
            {
                yield return new Finding(
                    FindingSeverity.Note,
                    "outlier",
                    "run",
                    $"{metric.Title} lies outside Tukey's fences: {string.Join("; ", found)}.",
                    "Outliers are listed and kept; the rank-based interval bears them.");
            }
        }
    }

    private static IEnumerable<string> InArm(string arm, MetricComparison comparison, IReadOnlyList<double?> reference, IReadOnlyList<LaunchRecord> launches)
    {
        if (comparison.Ratio is null)
        {
            return [];
        }

        double[] changes = [.. comparison.Samples.Zip(reference, (value, baseline) => (value!.Value / baseline!.Value) - 1)];
        return TukeyFences.Outside(changes)
            .Select(outlier => $"{arm} {QuantityFormat.SignedPercent(outlier.Value)} in launch {launches[outlier.Index].Number}");
    }
}
