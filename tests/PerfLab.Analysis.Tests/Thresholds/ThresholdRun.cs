using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Tests.Thresholds;

/// <summary>
/// Runs with the arms off, off', low and high, made by hand. With 6 launch sets the 95 % interval reaches from the smallest to
/// the largest value: of 21 Walsh averages the exact distribution leaves none out.
/// </summary>
internal static class ThresholdRun
{
    internal const int LaunchSets = 6;

    internal static RunAnalysis Analyze(Func<int, ArmRecord, ArmRecord> change, int launchSets = LaunchSets) =>
        LabRun.Analyze(
            LabRun.Plan(launchSets, "low", "high"),
            [.. Enumerable.Range(1, launchSets).Select(i => LabRun.Launch(i, [.. new[] { "off", "off'", "low", "high" }.Select(arm => change(i, LabRun.Arm(arm)))]))]);

    /// <summary>The CPU per request of low is 1.12 to 1.62 % above the baseline's, that of high 20.12 to 20.62 %.</summary>
    internal static ArmRecord WithCpu(int launchSet, ArmRecord arm) => arm.Arm switch
    {
        "low" => LabRun.Arm("low", 0.0004 * (1.0102 + (launchSet * 0.001))),
        "high" => LabRun.Arm("high", 0.0004 * (1.2002 + (launchSet * 0.001))),
        _ => arm,
    };

    internal static RunThresholdResult Judge(this RunAnalysis analysis, string threshold) =>
        Assert.Single(RunThresholdJudge.Judge([Threshold.Parse(threshold)], analysis).Results);

}
