using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

/// <summary>Runs whose arms differ in nothing but noise of a known size, drawn from a fixed seed.</summary>
internal static class NoiseRun
{
    internal const double Spread = 0.02;

    internal static Plan Plan(int launchSets, int arms) =>
        LabRun.Plan(launchSets, [.. Enumerable.Range(2, arms - 2).Select(arm => $"off-{arm}")]);

    /// <summary>CPU per request varies by 2 % (SD of the logarithm, arm by arm) on top of 10 % from launch set to launch set.</summary>
    internal static LaunchRecord[] Launches(Plan plan, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(1, plan.LaunchSets).Select(number =>
            {
                var common = 0.1 * Normal(random);
                return LabRun.Launch(number, [.. plan.Arms.Select(arm => LabRun.Arm(arm.Name, 0.0004 * Math.Exp(common + (Spread * Normal(random)))))]);
            }),
        ];
    }

    internal static MetricNoise Metric(this NoiseProfile profile, MetricId metric) => profile.Metrics.Single(noise => noise.Metric == metric);

    // Box and Muller: one normal deviate from two uniform ones.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
