using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Runs;

/// <summary>What a capacity search says about every arm: one number per launch set, then the estimate over launch sets.</summary>
public static class CapacityAnalyzer
{
    private const double Thousand = 1000;

    /// <summary>Answers for every arm.</summary>
    /// <param name="record">The search; its own answers are not looked at.</param>
    public static IReadOnlyList<CapacityResult> Of(CapacityRecord record) => record.LaunchSets.Count == 0
        ? []
        : [.. record.LaunchSets[0].Arms.Select(arm => Answer(arm, record.LaunchSets))];

    private static CapacityResult Answer(CapacityArm arm, IReadOnlyList<CapacityLaunch> launches)
    {
        var pairs = launches.Select(launch => (
            Arm: launch.Arms.First(one => one.Arm == arm.Arm),
            Baseline: launch.Arms.First(one => one.Role == ArmRole.Baseline))).ToArray();
        var isBaseline = arm.Role == ArmRole.Baseline;
        double[] rates = [.. pairs.Select(pair => pair.Arm.RequestsPerSecond).OfType<double>()];
        return new CapacityResult
        {
            Arm = arm.Arm,
            Role = arm.Role,
            LaunchSets = rates.Length,
            RequestsPerSecond = Estimate([.. rates.Select(rate => Math.Log(rate))], Math.Exp),
            Change = isBaseline ? null : Estimate(Each(pairs, pair => Math.Log(pair.Arm.RequestsPerSecond / pair.Baseline.RequestsPerSecond ?? double.NaN)), log => Math.Exp(log) - 1),
            CoresPerThousand = Estimate(Each(pairs, pair => pair.Arm.CpuSecondsPerRequest ?? double.NaN), Cores),
            ExtraCoresPerThousand = isBaseline ? null : Estimate(Each(pairs, pair => pair.Arm.CpuSecondsPerRequest - pair.Baseline.CpuSecondsPerRequest ?? double.NaN), Cores),
        };
    }

    // A core-second per request is a core at one request per second.
    private static double Cores(double cpuSecondsPerRequest) => cpuSecondsPerRequest * Thousand;

    private static double[] Each((CapacityArm Arm, CapacityArm Baseline)[] pairs, Func<(CapacityArm Arm, CapacityArm Baseline), double> of) =>
        [.. pairs.Select(of).Where(double.IsFinite)];

    // Estimated where the values are symmetric (logarithms of rates and ratios), then shown as it is read.
    private static CapacityEstimate? Estimate(double[] values, Func<double, double> show)
    {
        if (values.Length == 0)
        {
            return null;
        }

        return SignedRankInterval.Of(values) is { } interval
            ? new CapacityEstimate(show(HodgesLehmann.Center(values)), show(interval.Low), show(interval.High))
            : new CapacityEstimate(show(HodgesLehmann.Center(values)), null, null);
    }
}
