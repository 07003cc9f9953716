using PerfLab.Analysis.Wording;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Findings;

/// <summary>Turns the findings of many launch sets into a few of the run: one for each code, and one for each voided launch set.</summary>
internal static class LaunchFindings
{
    /// <summary>Gathers the findings of the launch sets that count, in the order of their first appearance, the gravest first.</summary>
    internal static IEnumerable<Finding> Gather(IReadOnlyList<LaunchRecord> launches) => launches
        .SelectMany(launch => launch.Findings.Select(finding => (launch.Number, Finding: finding)))
        .GroupBy(entry => entry.Finding.Code, StringComparer.Ordinal)
        .Select(group => Gather([.. group], launches.Count))
        .OrderByDescending(finding => finding.Severity);

    /// <summary>Says of each voided launch set why it does not count.</summary>
    internal static IEnumerable<Finding> Voided(IReadOnlyList<LaunchRecord> launches) => launches.Select(launch =>
    {
        Finding[] causes = [.. launch.Findings.Where(finding => finding.Severity == FindingSeverity.Invalid)];
        return new Finding(
            FindingSeverity.Invalid,
            "launch-voided",
            $"launch {launch.Number}",
            causes.Length == 0
                ? "It was voided without a stated reason."
                : string.Join(" ", causes.Select(cause => $"{cause.Code} ({cause.Subject}): {cause.Facts}")),
            causes.Length == 0 ? "Look at the target logs in its folder." : string.Join(" ", causes.Select(cause => cause.Advice).Distinct(StringComparer.Ordinal)));
    });

    /// <summary>Makes a note of a launch set's warning about spans where all spans of the arm show that too few are concerned to matter.</summary>
    internal static Finding ByHealth(Finding finding, IReadOnlyList<ArmAnalysis> arms) =>
        finding is { Code: "spans-lost" or "spans-surplus", Severity: FindingSeverity.Warning }
        && arms.Any(arm => arm.Name == finding.Subject && arm.Health.State == ArmState.Healthy && arm.BackEnd.Count == 0)
            ? finding with { Severity = FindingSeverity.Note }
            : finding;

    private static Finding Gather((int Number, Finding Finding)[] entries, int launchSets)
    {
        // Facts are text and cannot be compared; the gravest severity stands for the worst, the earliest among equals.
        var (number, worst) = entries.MaxBy(entry => entry.Finding.Severity);
        string[] subjects = [.. entries.Select(entry => entry.Finding.Subject).Distinct(StringComparer.Ordinal)];
        var affected = entries.Select(entry => entry.Number).Distinct().Count();
        var where = $"launch {number}" + (worst.Subject == $"launch {number}" ? string.Empty : $", {worst.Subject}");
        var times = entries.Length == 1 ? "Once" : $"{entries.Length} times, in {affected} of {CountText.Of(launchSets, "launch set")}";
        var example = entries.Length == 1 ? string.Empty : "for example ";
        return worst with
        {
            Subject = subjects.Length == 1 && !subjects[0].StartsWith("launch ", StringComparison.Ordinal) ? subjects[0] : "run",
            Facts = $"{times}; {example}{where}: {worst.Facts}",
        };
    }
}

/// <summary>Names launch sets whose change of a primary metric lies outside Tukey's fences. They stay in every number.</summary>
internal static class OutlierFindings
{
    internal static IEnumerable<Finding> Of(IReadOnlyList<ArmAnalysis> arms, ArmAnalysis baseline, IReadOnlyList<LaunchRecord> launches)
    {
        foreach (var metric in MetricCatalog.All.Where(metric => metric.IsPrimary))
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
