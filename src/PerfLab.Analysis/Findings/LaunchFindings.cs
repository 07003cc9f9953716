using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Findings;

/// <summary>Turns the findings of many launch sets into a few of the run: one for each code, and one for each voided launch set.</summary>
internal static class LaunchFindings
{
    /// <summary>Gathers the findings of the launch sets that count, in the order of their first appearance, the gravest first.</summary>
    internal static IEnumerable<Finding> Gather(IReadOnlyList<LaunchRecord> launches) => launches
        .SelectMany(launch => launch.Findings.Concat(OfLevels(launch)).Select(finding => (launch.Number, Finding: finding)))
        .GroupBy(entry => entry.Finding.Code, StringComparer.Ordinal)
        .Select(group => Gather([.. group], launches.Count))
        .OrderByDescending(finding => finding.Severity);

    // What spoiled a load level voids it and not the launch set.
    private static IEnumerable<Finding> OfLevels(LaunchRecord launch) =>
        from level in launch.Levels
        from finding in level.Findings
        where finding.Severity >= FindingSeverity.Warning
        select finding with { Severity = FindingSeverity.Warning, Subject = level.RatePerSecond is { } rate ? FormattableString.Invariant($"{finding.Subject}, {rate:0}/s") : $"{finding.Subject}, closed loop" };

    /// <summary>Says of each voided launch set why it does not count.</summary>
    internal static IEnumerable<Finding> Voided(IReadOnlyList<LaunchRecord> launches) => launches.Select(launch =>
        new Finding(FindingSeverity.Invalid, "launch-voided", $"launch {launch.Number}")
        {
            Details = new LaunchVoided([.. launch.Findings.Where(finding => finding.Severity == FindingSeverity.Invalid)]),
        });

    /// <summary>Makes a note of a launch set's warning about spans where all spans of the arm show that too few are concerned to matter.</summary>
    internal static Finding ByHealth(Finding finding, IReadOnlyList<ArmAnalysis> arms) =>
        finding is { Code: "spans-lost" or "spans-surplus", Severity: FindingSeverity.Warning }
        && arms.Any(arm => arm.Name == finding.Subject && arm.Health.State == ArmState.Healthy && arm.BackEnd.Count == 0)
            ? finding with { Severity = FindingSeverity.Note }
            : finding;

    private static Finding Gather((int Number, Finding Finding)[] entries, int launchSets)
    {
        // The gravest severity stands for the worst, the earliest among equals.
        var (number, worst) = entries.MaxBy(entry => entry.Finding.Severity);
        string[] subjects = [.. entries.Select(entry => entry.Finding.Subject).Distinct(StringComparer.Ordinal)];
        var subject = subjects.Length == 1 && !subjects[0].StartsWith("launch ", StringComparison.Ordinal) ? subjects[0] : "run";
        return new Finding(worst.Severity, worst.Code, subject)
        {
            Details = new LaunchSetFinding(entries.Length, entries.Select(entry => entry.Number).Distinct().Count(), launchSets, number, worst),
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
                yield return new Finding(FindingSeverity.Note, "outlier", "run") { Details = new Outliers(metric.Id, found) };
            }
        }
    }

    private static IEnumerable<Outlier> InArm(string arm, MetricComparison comparison, IReadOnlyList<double?> reference, IReadOnlyList<LaunchRecord> launches)
    {
        if (comparison.Ratio is null)
        {
            return [];
        }

        double[] changes = [.. comparison.Samples.Zip(reference, (value, baseline) => (value!.Value / baseline!.Value) - 1)];
        return TukeyFences.Outside(changes)
            .Select(outlier => new Outlier(arm, launches[outlier.Index].Number, outlier.Value));
    }
}
