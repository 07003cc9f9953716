using PerfLab.Analysis.Metrics;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Noise;

/// <summary>
/// Makes a noise profile of a run whose arms are all the same. Comparisons are made of pairs without a common arm and blocks
/// without a common launch set, so that their outcomes are independent; see <c>docs/noise.md</c>. The spread uses all arms of
/// all launch sets.
/// </summary>
internal static class NoiseAnalyzer
{
    /// <summary>Makes the profile; null when the arms differ, or when no block of launch sets is full.</summary>
    internal static NoiseProfile? Measure(Manifest manifest, Plan plan, IReadOnlyList<LaunchRecord> launches)
    {
        var size = SignedRankInterval.SmallestCount(RunConfidence.Level);
        LaunchRecord[][] blocks = [.. launches.Chunk(size).Where(block => block.Length == size)];
        if (!IdenticalArms.IsAaTest(plan) || blocks.Length == 0)
        {
            return null;
        }

        var pairs = IdenticalArms.Pairs(plan).ToArray();
        return new NoiseProfile
        {
            FormatVersion = NoiseProfile.CurrentFormatVersion,
            RunId = manifest.RunId,
            MeasuredUtc = manifest.StartedUtc,
            Machine = manifest.Machine,
            Scenario = plan.Scenario,
            Runtime = plan.Runtime,
            Arms = plan.Arms.Count,
            LaunchSets = launches.Count,
            ComparisonLaunchSets = size,
            Comparisons = pairs.Length * blocks.Length,
            AllowedFalseAlarmRatio = Math.ScaleB(2, -size),
            Metrics = [.. plan.Target.Metrics.Where(metric => !metric.IsDifferenceOnly).Select(metric => Measure(metric, plan, launches, blocks, pairs))],
        };
    }

    private static MetricNoise Measure(
        MetricDefinition metric,
        Plan plan,
        IReadOnlyList<LaunchRecord> launches,
        LaunchRecord[][] blocks,
        (PlannedArm First, PlannedArm Second)[] pairs)
    {
        var pairings = (
            from block in blocks
            from pair in pairs
            select PairedSamples.Of(ArmSamples.Take(metric.Id, pair.Second.Name, block), ArmSamples.Take(metric.Id, pair.First.Name, block), wantsRatio: true)).ToArray();
        double threshold = plan.PracticalThresholds.TryGetValue(metric.Id, out var own) ? own : metric.PracticalThreshold;
        Interval[] intervals = [.. pairings.Select(pairing => MetricComparer.RatioInterval(pairing.LogRatios, LookLevels.OneLook())).OfType<Interval>()];
        var alarms = intervals.Count(interval => interval.Low > 0 || interval.High < 0);
        (double Low, double High)? bounds = intervals.Length == 0 ? null : BinomialInterval.Of(alarms, intervals.Length, RunConfidence.Level);
        var spread = SpreadOf(metric.Id, plan, launches);
        return new MetricNoise
        {
            Metric = metric.Id,
            Comparisons = intervals.Length,
            FalseAlarms = alarms,
            FalseAlarmRatioLow = bounds?.Low,
            FalseAlarmRatioHigh = bounds?.High,
            BeyondThreshold = intervals.Count(interval => VerdictRule.ByInterval(interval, threshold) is Verdict.Slower or Verdict.Faster),
            PracticalThreshold = threshold,
            SpreadRatio = spread?.Ratio,
            SpreadDegreesOfFreedom = spread?.Degrees ?? 0,
            Missing = pairings.Select(pairing => pairing.Missing).FirstOrDefault(missing => missing is not null),
        };
    }

    // A ratio of two arms spreads by the square root of 2 more than one arm about its launch set's mean.
    private static (double Ratio, int Degrees)? SpreadOf(MetricId metric, Plan plan, IReadOnlyList<LaunchRecord> launches)
    {
        var samples = plan.Arms.Select(arm => ArmSamples.Take(metric, arm.Name, launches).Values).ToArray();
        double[][] logs = [.. Enumerable.Range(0, launches.Count).Select(launch => samples.Select(values => values[launch]).Where(value => value > 0).Select(value => Math.Log(value!.Value)).ToArray())];
        return Spread.Pooled(logs) is var (deviation, degrees) ? (Math.Sqrt(2) * deviation, degrees) : null;
    }
}
