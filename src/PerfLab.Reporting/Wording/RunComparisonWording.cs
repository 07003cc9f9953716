using PerfLab.Analysis.Runs;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Wording;

/// <summary>Says what makes the comparison of two runs doubtful.</summary>
public static class RunComparisonWording
{
    /// <summary>Writes a sentence for each setting in which they differ, for each run that is not trusted, and for what is left out.</summary>
    public static IReadOnlyList<string> Compose(RunComparison comparison) =>
    [
        .. comparison.SettingDifferences.Select(Of),
        .. comparison.NotTrusted.Select(run => $"{run.Manifest.RunId}: {TrustWording.Headline(run.Trust)}"),
        .. LeftOut("Not in both runs and left out", comparison.LeftOut.Where(gap => gap.Metric is null)),
        .. LeftOut("Without an interval in one of the runs and left out", comparison.LeftOut.Where(gap => gap.Metric is not null)),
    ];

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
