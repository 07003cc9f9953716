using System.Globalization;
using PerfLab.Analysis.Calibration;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

/// <summary>
/// Runs with known costs, made by hand: 400 us of CPU, 10,000 bytes and a median of 1 ms under the baseline. A launch set has 10
/// rounds of 1 s with slices of 0.1 s at 0, 1, 2, ... s for each arm.
/// </summary>
internal static class CalibrationRun
{
    internal static Plan Plan(int launchSets, params (string Name, string Variables)[] arms)
    {
        var plan = LabRun.Plan(launchSets, [.. arms.Select(arm => arm.Name)]);
        return plan with
        {
            Arms = [.. plan.Arms.Take(2), .. plan.Arms.Skip(2).Zip(arms, (planned, arm) => planned with { Environment = Variables(arm.Variables) })],
        };
    }

    internal static IReadOnlyList<CalibrationSeries> Measure(Plan plan, Func<int, string, ArmRecord> arm) =>
        LabRun.Analyze(plan, [.. Enumerable.Range(1, plan.LaunchSets).Select(launch => LabRun.Launch(launch, [.. plan.Arms.Select(planned => arm(launch, planned.Name))]))]).Calibration;

    /// <summary>The number at the end of an arm's name.</summary>
    internal static double SizeOf(string arm) => double.Parse(arm[(arm.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture);

    internal static bool IsPlain(string arm) => arm.StartsWith("off", StringComparison.Ordinal);

    private static Dictionary<string, string> Variables(string text) =>
        text.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => "SHOP_HANDICAP_" + pair[0], pair => pair[1], StringComparer.Ordinal);
}
