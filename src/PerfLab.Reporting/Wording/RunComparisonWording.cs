using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Wording;

/// <summary>Says what makes the comparison of two runs doubtful.</summary>
public static class RunComparisonWording
{
    private const int MostInHeadline = 3;

    /// <summary>Writes a sentence for each setting in which they differ, for each run that is not trusted, and for what is left out.</summary>
    public static IReadOnlyList<string> Compose(RunComparison comparison) =>
    [
        .. comparison.SettingDifferences.Select(Of),
        .. comparison.NotTrusted.Select(run => $"{run.Manifest.RunId}: {TrustWording.Headline(run.Trust)}"),
        .. LeftOut("Not in both runs and left out", comparison.LeftOut.Where(gap => gap.Metric is null)),
        .. LeftOut("Without an interval in one of the runs and left out", comparison.LeftOut.Where(gap => gap.Metric is not null)),
    ];

    /// <summary>Says what changed in one sentence.</summary>
    public static string Headline(RunComparison comparison)
    {
        if (comparison.Overheads.Count == 0)
        {
            return "No arm's cost was measured in both runs.";
        }

        if (comparison.Overheads.All(change => change.Verdict == Verdict.Invalid))
        {
            return "This comparison decides nothing: one of the runs cannot be trusted.";
        }

        MetricChange[] changed = [.. comparison.Overheads.Where(change => change is { IsOverruledByControl: false, Change: { Low: > 0 } or { High: < 0 } }).OrderByDescending(change => Math.Abs(change.Change.Estimate))];
        return changed.Length == 0
            ? "No arm is shown to cost more or less than before."
            : $"Shown to cost more or less than before: {string.Join("; ", changed.Take(MostInHeadline).Select(change => $"{DisplayText.Name(change.Arm)}, {MetricCatalog.Get(change.Metric).InSentence} {Change(change.Change)}"))}{(changed.Length > MostInHeadline ? $"; and {changed.Length - MostInHeadline} more" : string.Empty)}.";
    }

    /// <summary>Writes a change as benchstat does: <c>~</c> where the interval contains zero, so that the two cannot be told apart, else the figure; in parentheses the interval.</summary>
    public static string Change(Interval change)
    {
        var scale = QuantityFormat.ForChanges([change]);
        return change is { Low: > 0 } or { High: < 0 } ? scale.Change(change) : $"~ ({scale.Bounds(change)}\u00a0%)";
    }

    private static string Of(SettingDifference difference) => difference.First is null
        ? $"They differ in {NameOf(difference)}: see plan.json of both."
        : $"They differ in {NameOf(difference)}: {difference.First} and {difference.Second}.";

    private static IEnumerable<string> LeftOut(string lead, IEnumerable<RunComparisonGap> gaps)
    {
        var names = string.Join(", ", gaps.Select(gap => $"{gap.Arm}{(gap.Metric is { } metric ? " " + MetricCatalog.Get(metric).Key : string.Empty)} ({(gap.IsInFirst ? "first" : "second")} only)"));
        return names.Length == 0 ? [] : [$"{lead}: {names}."];
    }

    private static string NameOf(SettingDifference difference) => difference.Setting switch
    {
        RunSetting.Scenario => "scenario",
        RunSetting.RatePerSecond => "load in requests/s",
        RunSetting.Generator => "what makes the load (with its connections)",
        RunSetting.Arrivals => "arrivals",
        RunSetting.Runtime => "runtime",
        RunSetting.SliceSeconds => "slice in seconds",
        RunSetting.Rounds => "rounds",
        RunSetting.ArmCount => "number of arms",
        RunSetting.Baseline => "baseline",
        RunSetting.Target => "target and requests",
        RunSetting.Environment => $"environment of {difference.Arm}",
        RunSetting.Program => $"the program of {difference.Arm}",
        _ => "PerfLab",
    };
}
