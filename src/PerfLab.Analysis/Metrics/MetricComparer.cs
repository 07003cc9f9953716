using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Metrics;

/// <summary>Compares one metric of all arms with the baseline. The variants are one family of questions; the control is not among them.</summary>
internal sealed class MetricComparer
{
    private readonly MetricDefinition _metric;
    private readonly double _threshold;
    private readonly ArmSamples _baseline;
    private readonly Dictionary<string, ArmSamples> _samples;
    private readonly Dictionary<string, PairedSamples> _pairings;
    private readonly Dictionary<string, double> _adjusted;
    private readonly Dictionary<string, double> _adjustedAtThreshold;
    private readonly ComparisonFamily _family;
    private readonly LookLevels _levels;

    private MetricComparer(MetricDefinition metric, Plan plan, PlannedArm baseline, IReadOnlyList<LaunchRecord> launches)
    {
        _metric = metric;
        _threshold = plan.PracticalThresholds.TryGetValue(metric.Id, out var own) ? own : metric.PracticalThreshold;
        _levels = LookLevels.Of(plan, launches.Count);
        _samples = plan.Arms.ToDictionary(arm => arm.Name, arm => ArmSamples.Take(metric.Id, arm.Name, launches), StringComparer.Ordinal);
        _baseline = _samples[baseline.Name];
        _pairings = plan.Arms.ToDictionary(
            arm => arm.Name,
            arm => PairedSamples.Of(_samples[arm.Name], _baseline, wantsRatio: !metric.IsDifferenceOnly),
            StringComparer.Ordinal);
        string[] tested = [.. plan.Arms.Where(arm => arm.Role == ArmRole.Variant && _pairings[arm.Name].LogRatios is not null).Select(arm => arm.Name)];
        _adjusted = Adjust(tested, ratios => SignedRankTest.Test(ratios).PValue);
        _adjustedAtThreshold = Adjust(tested, ratios => VerdictRule.ThresholdPValue(ratios, _threshold));
        _family = new ComparisonFamily(tested.Length, launches.Count, _levels);
    }

    /// <summary>Makes the comparison of every arm by name, for one metric.</summary>
    internal static IReadOnlyDictionary<string, MetricComparison> Compare(
        MetricDefinition metric,
        Plan plan,
        PlannedArm baseline,
        IReadOnlyList<LaunchRecord> launches)
    {
        var family = new MetricComparer(metric, plan, baseline, launches);
        var control = plan.Arms.FirstOrDefault(arm => arm.Role == ArmRole.Control) is { } again ? ToolVerdict.Apply(family.Of(again), plan.Generator) : null;
        return plan.Arms.ToDictionary(
            arm => arm.Name,
            arm => arm.Role switch
            {
                ArmRole.Baseline => family.OfBaseline(),
                ArmRole.Control => control!,
                _ => ToolVerdict.Apply(ControlRule.Apply(family.Of(arm), control), plan.Generator),
            },
            StringComparer.Ordinal);
    }

    private Dictionary<string, double> Adjust(string[] arms, Func<IReadOnlyList<double>, double> test)
    {
        var adjusted = _levels.Adjust([.. arms.Select(arm => test(_pairings[arm].LogRatios!))]);
        return arms.Zip(adjusted).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    private MetricComparison OfBaseline() => new()
    {
        Metric = _metric.Id,
        Samples = _baseline.Values,
        Value = _baseline.Median,
        Baseline = _baseline.Median,
        Ratio = null,
        Difference = null,
        Verdict = null,
        PracticalThreshold = _threshold,
        DetectableEffect = null,
        AdjustedPValue = null,
        Missing = _baseline.Missing,
    };

    private MetricComparison Of(PlannedArm arm)
    {
        var pairing = _pairings[arm.Name];
        var ratio = RatioInterval(pairing.LogRatios, _levels);
        return OfBaseline() with
        {
            Samples = _samples[arm.Name].Values,
            Value = _samples[arm.Name].Median,
            Ratio = ratio,
            EarlyRatio = pairing.Missing?.Reason == MissingReason.TooFewLaunchSets ? EarlyRatio(arm) : null,
            Difference = DifferenceInterval(pairing.Differences, _levels),
            Verdict = Judge(arm, ratio),
            DetectableEffect = DetectableEffect(pairing.LogRatios, _levels),
            AdjustedPValue = _adjusted.TryGetValue(arm.Name, out var p) ? p : ControlPValue(pairing),
            AdjustedThresholdPValue = AtThreshold(arm),
            Undecided = ratio is null ? null : VerdictRule.WhyUndecided(ratio, _threshold, AtThreshold(arm), _family),
            Missing = pairing.Missing,
        };
    }

    private double? EarlyRatio(PlannedArm arm) =>
        !_metric.IsDifferenceOnly && PairedSamples.LogRatiosOf(_samples[arm.Name], _baseline) is { } logRatios ? AsRatio(HodgesLehmann.Center(logRatios)) : null;

    private double? AtThreshold(PlannedArm arm) => _adjustedAtThreshold.TryGetValue(arm.Name, out var p) ? p : null;

    private static double? ControlPValue(PairedSamples pairing) =>
        pairing.LogRatios is null ? null : SignedRankTest.Test(pairing.LogRatios).PValue;

    private Verdict? Judge(PlannedArm arm, Interval? ratio) => (_metric.IsDifferenceOnly, ratio) switch
    {
        (true, _) => null,
        (_, null) => Verdict.Invalid,
        _ => AtThreshold(arm) is { } p
            ? VerdictRule.ForVariant(ratio, _threshold, p)
            : VerdictRule.ByInterval(ratio, _threshold),
    };

    /// <summary>The relative change with its interval; null without log ratios, or with too few of them.</summary>
    internal static Interval? RatioInterval(IReadOnlyList<double>? logRatios, LookLevels levels) =>
        logRatios is not null && levels.IntervalOf(logRatios) is { } logs
            ? new Interval(AsRatio(logs.Estimate), AsRatio(logs.Low), AsRatio(logs.High), logs.ConfidenceLevel)
            : null;

    private static Interval? DifferenceInterval(IReadOnlyList<double>? differences, LookLevels levels) =>
        differences is null ? null : levels.IntervalOf(differences);

    private static double? DetectableEffect(IReadOnlyList<double>? logRatios, LookLevels levels) =>
        logRatios is not null
        && Spread.StandardDeviation(logRatios) is { } deviation
        && SignedRankPower.DetectableEffect(logRatios.Count, deviation, levels.ConfidenceLevel) is { } effect
            ? AsRatio(effect)
            : null;

    // exp(x) - 1 loses digits for the small changes that matter; this form keeps them.
    private static double AsRatio(double logRatio) => 2 * Math.Exp(logRatio / 2) * Math.Sinh(logRatio / 2);
}
