using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Content;

/// <summary>What tracing adds at each load of a run with several: CPU time per request and response times, with intervals.</summary>
internal static class LoadLevelSection
{
    /// <summary>What stands in place of a number that was not measured.</summary>
    public const string NotMeasured = "\u2013";

    /// <summary>Gets the response times that are shown.</summary>
    public static IReadOnlyList<MetricId> Times { get; } = [MetricId.P50, MetricId.P90, MetricId.P99];

    /// <summary>Composes the section; null where the run has one load.</summary>
    public static ReportSection? Compose(RunAnalysis analysis) => analysis.Levels.Count == 0
        ? null
        : new ReportSection(
            "load-levels",
            "What it adds at each load",
            Lead(analysis),
            ["Load", "Arm", "Busy", "CPU, change", .. Times.Select(metric => $"{MetricCatalog.Get(metric).Title}, ms"), "p50 added, ms", "p90 added, ms", "p99 added, ms"],
            [.. analysis.Levels.SelectMany(Rows)])
        {
            WordColumns = [1],
            BriefHeaders = ["Load", "Arm", "CPU, change", "p50 added, ms", "p99 added, ms"],
            BriefRows = [.. analysis.Levels.SelectMany(BriefRows)],
        };

    /// <summary>Says what the most expensive variant changes at the lowest and at the highest load; null where nothing may be said.</summary>
    public static string? Sentence(RunAnalysis analysis)
    {
        if (analysis.Levels.Count == 0 || analysis.Trust.Level is TrustLevel.Untrusted || Dearest(analysis) is not { } dearest)
        {
            return null;
        }

        string[] parts = [.. new[] { analysis.Levels[0], analysis.Levels[^1] }.Select(level => Part(level, dearest)).OfType<string>()];
        return parts.Length == 0 ? null : $"{dearest} changes the median response time and CPU by {string.Join("; by ", parts)}.";
    }

    /// <summary>Names a load: <c>25 % of the capacity (610/s)</c>.</summary>
    public static string NameOf(LoadLevelAnalysis level) => level.Load.CapacityShare is { } share
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} % of the capacity ({DisplayText.Plain(level.Load.RatePerSecond)}/s)")
        : $"{DisplayText.Plain(level.Load.RatePerSecond)}/s";

    private static string Lead(RunAnalysis analysis)
    {
        var first = analysis.Levels.Single(level => level.Load.IsFirst);
        var voided = analysis.Levels.Where(level => level.Load.VoidedLaunchSets > 0).Select(level => $"{NameOf(level)} counts in {DisplayText.Count(level.Load.LaunchSets)} of {DisplayText.Counted(level.Load.LaunchSets + level.Load.VoidedLaunchSets, "launch set")}").ToList();
        return $"{Sentence(analysis)} Each launch set measures all arms at every load, one after the other. Costs, verdicts and thresholds elsewhere in this report are those at {NameOf(first)}. The capacity is the rate at which the busiest arm would have no processor time left.".TrimStart()
            + (analysis.Levels.Any(level => level.Arms.Any(arm => arm.Metrics.Any(metric => metric.IsOverruledByControl))) ? " ? marks a change that cannot be told: the control moved as much at this load." : string.Empty)
            + (voided.Count > 0 ? $" {string.Join("; ", voided)}." : string.Empty);
    }

    /// <summary>Writes the response times of an arm in milliseconds.</summary>
    public static IReadOnlyList<string> TimesOf(IReadOnlyList<MetricComparison> metrics) => [.. Times.Select(metric => Milliseconds(Of(metrics, metric)))];

    /// <summary>Writes what an arm adds to them, with intervals.</summary>
    public static IReadOnlyList<string> AddedTo(IReadOnlyList<MetricComparison> metrics) => [.. Times.Select(metric => Added(Of(metrics, metric)))];

    private static string? Dearest(RunAnalysis analysis) => analysis.Levels.Single(level => level.Load.IsFirst).Arms
        .Where(arm => arm.Role == ArmRole.Variant && analysis.Arms.Single(one => one.Name == arm.Name).Health.State != ArmState.Broken)
        .MaxBy(arm => Of(arm, MetricId.Cpu).Difference?.Estimate ?? double.NegativeInfinity)?.Name;

    private static string? Part(LoadLevelAnalysis level, string name)
    {
        var arm = level.Arms.Single(arm => arm.Name == name);
        return (Of(arm, MetricId.P50), Of(arm, MetricId.Cpu)) is ({ IsOverruledByControl: false, Difference: { } added }, { IsOverruledByControl: false, Ratio: { } cpu })
            ? $"{QuantityFormat.For(MetricUnit.Seconds, added).Change(added)} and {QuantityFormat.For(MetricUnit.Ratio, cpu).Change(cpu)} at {NameOf(level)}"
            : null;
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(LoadLevelAnalysis level) => level.Arms.Select(IReadOnlyList<string> (arm) =>
    [
        NameOf(level),
        arm.Name,
        arm.BusyShare is { } busy ? MetricColumnFormat.Percent(Math.Round(busy, 2)) : NotMeasured,
        Ratio(arm),
        .. TimesOf(arm.Metrics),
        .. AddedTo(arm.Metrics),
    ]);

    private static IEnumerable<IReadOnlyList<string>> BriefRows(LoadLevelAnalysis level) => level.Arms.Where(arm => arm.Role != ArmRole.Baseline).Select(IReadOnlyList<string> (arm) =>
    [
        level.Load.CapacityShare is { } share ? MetricColumnFormat.Percent(Math.Round(share, 2)) : $"{DisplayText.Plain(level.Load.RatePerSecond)}/s",
        arm.Name,
        Ratio(arm),
        AddedTo(arm.Metrics)[0],
        AddedTo(arm.Metrics)[^1],
    ]);

    private static MetricComparison Of(ArmAtLevel arm, MetricId metric) => Of(arm.Metrics, metric);

    private static MetricComparison Of(IReadOnlyList<MetricComparison> metrics, MetricId metric) => metrics.Single(comparison => comparison.Metric == metric);

    private static string Ratio(ArmAtLevel arm) => Of(arm, MetricId.Cpu) is { Ratio: { } ratio } cpu ? QuantityFormat.ForChanges([ratio]).Change(ratio) + Doubt(cpu) : NotMeasured;

    private static string Doubt(MetricComparison comparison) => comparison.IsOverruledByControl ? " ?" : string.Empty;

    private static string Milliseconds(MetricComparison time) => time.Value is { } known ? Number(known) : MissingWording.InCell(time.Missing, NotMeasured);

    // A table has one unit, and what is added is small beside what it is added to.
    private static string Added(MetricComparison comparison) => comparison.Difference is { } added
        ? $"{(added.Estimate > 0 ? "+" : string.Empty)}{Number(added.Estimate)} ({Number(added.Low)} to {Number(added.High)}){Doubt(comparison)}"
        : NotMeasured;

    private static string Number(double seconds)
    {
        var milliseconds = seconds * 1e3;
        var digits = Math.Abs(milliseconds) switch { >= 100 => 0, >= 10 => 1, >= 0.1 => 2, _ => 3 };
        return (Math.Round(milliseconds, digits) + 0.0).ToString("#,0." + new string('0', digits), CultureInfo.InvariantCulture);
    }
}
