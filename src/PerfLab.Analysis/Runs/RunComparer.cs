using System.Globalization;
using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Runs;

/// <summary>
/// Sets two runs side by side. Changes against the baseline travel between machines; absolute numbers do not, and are compared
/// only where the machines are the same. The runs are independent, so the interval of their difference follows from their own
/// (see <see cref="DifferenceInterval"/>), on the logarithmic scale.
/// </summary>
public static class RunComparer
{
    // A change of +9 % is a factor of 1.09; a value is its own factor.
    private static readonly Aspect s_change = new(comparison => comparison.Ratio, FactorOfZero: 1);
    private static readonly Aspect s_value = new(ValueOf, FactorOfZero: 0);

    /// <summary>Compares the second run with the first.</summary>
    public static RunComparison Compare(RunAnalysis first, RunAnalysis second)
    {
        var machine = first.Manifest.Machine.DifferencesFrom(second.Manifest.Machine);
        var isDecided = IsTrusted(first) && IsTrusted(second);
        return new RunComparison
        {
            First = first.Manifest.RunId,
            Second = second.Manifest.RunId,
            MachineDifferences = machine,
            SettingDifferences = SettingDifferences.Of(first, second),
            NotTrusted = [.. new[] { first, second }.Where(run => run.Trust.Level != TrustLevel.Trusted)],
            LeftOut = [.. Arms(first, second), .. Metrics(first, second)],
            Overheads = Pairs(first, second, s_change, isDecided && HaveSameBaseline(first, second)),
            Values = machine.Count > 0 ? [] : Pairs(first, second, s_value, isDecided),
        };
    }

    /// <summary>Says whether a condition is about an arm that has a cost.</summary>
    /// <param name="condition">A condition on an overhead.</param>
    /// <param name="first">The first run.</param>
    /// <param name="second">The second run.</param>
    public static ChangeConditionFault FaultOf(ChangeCondition condition, RunAnalysis first, RunAnalysis second)
    {
        ArmAnalysis[] named = [.. first.Arms.Concat(second.Arms).Where(arm => arm.Name == condition.Request)];
        return condition.Request is null || named.Any(arm => arm.Role == ArmRole.Variant) ? ChangeConditionFault.None
            : named.Length == 0 ? ChangeConditionFault.NoSuchArm
            : ChangeConditionFault.NoOverhead;
    }

    /// <summary>Judges a condition for every arm that it is about: those of both runs, and those that only the first has, which are missing.</summary>
    /// <param name="condition">A condition on an overhead.</param>
    /// <param name="comparison">The two runs.</param>
    /// <returns>A result for each arm; one without an arm where there is none.</returns>
    public static IReadOnlyList<RunConditionResult> Judge(ChangeCondition condition, RunComparison comparison)
    {
        var metric = ((ThresholdQuantity.Overhead)condition.Quantity).Metric;
        RunConditionResult[] results =
        [
            .. from change in comparison.Overheads
               where change.Metric == metric && (condition.Request ?? change.Arm) == change.Arm
               let obstacle = Obstacle(condition, change)
               select new RunConditionResult(condition, change.Arm, change.Change, obstacle is null ? Outcome(condition, change) : ThresholdOutcome.NotDecided) { IsFaulty = change.IsFaulty, Obstacle = obstacle },
            .. from gap in comparison.LeftOut
               where gap.IsInFirst && gap.IsVariant && (gap.Metric ?? metric) == metric && (condition.Request ?? gap.Arm) == gap.Arm
               select new RunConditionResult(condition, gap.Arm, null, ThresholdOutcome.NotDecided),
        ];
        return results.Length > 0 ? results : [new RunConditionResult(condition, condition.Request, null, ThresholdOutcome.NotDecided)];
    }

    private static ThresholdOutcome Outcome(ChangeCondition condition, MetricChange change) => (condition.Holds(change.Change.Low), condition.Holds(change.Change.High)) switch
    {
        _ when change.Verdict == Verdict.Invalid || change.IsFaulty => ThresholdOutcome.NotDecided,
        (true, true) => ThresholdOutcome.Violated,
        (false, false) => ThresholdOutcome.Proven,
        _ => ThresholdOutcome.NotDecided,
    };

    // Each run must bear the claim by its own control, as it must for a threshold of its own.
    private static ThresholdObstacle? Obstacle(ChangeCondition condition, MetricChange change) => change.Controls
        .Select(control => ObstacleFinder.Control(control, ControlRule.Claim(condition.Limit.Ratio, change.Change)))
        .FirstOrDefault(obstacle => obstacle is not null);

    private static bool IsTrusted(RunAnalysis run) => run.Trust.Level is TrustLevel.Trusted or TrustLevel.Limited;

    // A change against one arm says nothing of a change against another.
    private static bool HaveSameBaseline(RunAnalysis first, RunAnalysis second) => first.Baseline.Name == second.Baseline.Name;

    private static RunComparisonGap? Gap(string arm, MetricId? metric, bool isInFirst, bool isInSecond) =>
        isInFirst == isInSecond ? null : new RunComparisonGap(arm, metric, isInFirst);

    private static bool IsVariant(RunAnalysis run, string arm) => run.Arms.FirstOrDefault(candidate => candidate.Name == arm) is not { Role: not ArmRole.Variant };

    private static IEnumerable<RunComparisonGap> Arms(RunAnalysis first, RunAnalysis second) => Names(first)
        .Union(Names(second), StringComparer.Ordinal)
        .Select(arm => Gap(arm, metric: null, Names(first).Contains(arm), Names(second).Contains(arm)))
        .OfType<RunComparisonGap>()
        .Select(gap => gap with { IsVariant = IsVariant(gap.IsInFirst ? first : second, gap.Arm) });

    private static IEnumerable<RunComparisonGap> Metrics(RunAnalysis first, RunAnalysis second) =>
        from arm in second.Arms
        from other in first.Arms
        where arm.Name == other.Name
        from comparison in arm.Metrics
        let gap = Gap(arm.Name, comparison.Metric, Find(other, comparison.Metric)?.Ratio is not null, comparison.Ratio is not null)
        where gap is not null
        select gap with { IsVariant = IsVariant(second, arm.Name) };

    private static IEnumerable<string> Names(RunAnalysis run) => run.Arms.Select(arm => arm.Name);

    private static IReadOnlyList<MetricChange> Pairs(RunAnalysis first, RunAnalysis second, Aspect aspect, bool isDecided) =>
    [
        .. from arm in second.Arms
           let before = first.Arms.FirstOrDefault(candidate => candidate.Name == arm.Name)
           where before is not null && arm.Role != ArmRole.Control
           from metric in MetricCatalog.All
           where !metric.IsDifferenceOnly
           let pair = Pair(arm.Name, Find(before, metric.Id), Find(arm, metric.Id), aspect, isDecided && ToolVerdict.AreComparable(metric.Id, first.Plan.Generator, second.Plan.Generator))
           where pair is not null
           select Controlled(pair, [.. new[] { first, second }.Select(run => ControlRule.Of(metric.Id, run.Arms)).OfType<MetricComparison>()], aspect) with
           {
               IsFaulty = IsHidden(first, before, metric.Id) || IsHidden(second, arm, metric.Id),
           },
    ];

    // A control is about changes; of values it says only that the metric cannot be measured twice alike.
    private static MetricChange Controlled(MetricChange change, MetricComparison[] controls, Aspect aspect)
    {
        var claimed = aspect == s_value ? double.PositiveInfinity : ControlRule.Distance(change.Change);
        var isOverruled = change.Verdict is Verdict.Slower or Verdict.Faster && !Array.TrueForAll(controls, control => ControlRule.Allows(control, claimed));
        return change with { Controls = controls, IsOverruledByControl = isOverruled, Verdict = isOverruled ? Verdict.Inconclusive : change.Verdict };
    }

    private static bool IsHidden(RunAnalysis run, ArmAnalysis arm, MetricId metric) => run.Arms
        .Where(one => one == arm || one.Role == ArmRole.Baseline)
        .Any(one => one.Health.FaultThatHides(new ThresholdQuantity.Overhead(metric)) is not null);

    private static MetricComparison? Find(ArmAnalysis arm, MetricId metric) => arm.Metrics.FirstOrDefault(comparison => comparison.Metric == metric);

    private static MetricChange? Pair(string arm, MetricComparison? first, MetricComparison? second, Aspect aspect, bool isDecided)
    {
        if (first is null || second is null || aspect.IntervalOf(first) is not { } before || aspect.IntervalOf(second) is not { } after)
        {
            return null;
        }

        var change = ChangeOf(aspect.Logarithm(before), aspect.Logarithm(after), Math.Min(before.ConfidenceLevel, after.ConfidenceLevel));
        return new MetricChange
        {
            Arm = arm,
            Metric = second.Metric,
            First = before,
            Second = after,
            Change = change,
            PracticalThreshold = second.PracticalThreshold,
            Verdict = isDecided ? VerdictRule.ByInterval(change, second.PracticalThreshold) : Verdict.Invalid,
        };
    }

    // The arm's own values, one for each launch set: the centre of their logarithms, as for every ratio.
    private static Interval? ValueOf(MetricComparison comparison)
    {
        double[] logs = [.. comparison.Samples.Where(sample => sample > 0).Select(sample => Math.Log(sample!.Value))];
        return logs.Length == comparison.Samples.Count && SignedRankInterval.Of(logs, RunConfidence.Level) is { } estimate
            ? new Interval(Math.Exp(estimate.Value), Math.Exp(estimate.Low), Math.Exp(estimate.High), estimate.ConfidenceLevel)
            : null;
    }

    private static Interval ChangeOf((double Value, double Low, double High) first, (double Value, double Low, double High) second, double level)
    {
        var (value, low, high) = DifferenceInterval.Of(first, second);
        return new Interval(Math.Exp(value) - 1, Math.Exp(low) - 1, Math.Exp(high) - 1, level);
    }

    private sealed record Aspect(Func<MetricComparison, Interval?> IntervalOf, double FactorOfZero)
    {
        public (double Value, double Low, double High) Logarithm(Interval interval) =>
            (Math.Log(FactorOfZero + interval.Estimate), Math.Log(FactorOfZero + interval.Low), Math.Log(FactorOfZero + interval.High));
    }
}

/// <summary>Finds in which settings two runs differ that change what is measured.</summary>
internal static class SettingDifferences
{
    internal static IReadOnlyList<SettingDifference> Of(RunAnalysis first, RunAnalysis second)
    {
        var (one, other) = (first.Plan, second.Plan);
        return
        [
            .. Compare(RunSetting.Scenario, one.Scenario, other.Scenario),
            .. Compare(RunSetting.RatePerSecond, Number(one.RatePerSecond), Number(other.RatePerSecond)),
            .. Compare(RunSetting.Generator, Generator(one), Generator(other)),
            .. Compare(RunSetting.Arrivals, one.Arrivals.ToString(), other.Arrivals.ToString()),
            .. Compare(RunSetting.Runtime, RuntimeKnobs.NameOf(one.Runtime), RuntimeKnobs.NameOf(other.Runtime)),
            .. Compare(RunSetting.SliceSeconds, Number(one.SliceSeconds), Number(other.SliceSeconds)),
            .. Compare(RunSetting.Rounds, Number(one.Rounds), Number(other.Rounds)),
            .. Compare(RunSetting.ArmCount, Number(one.Arms.Count), Number(other.Arms.Count)),
            .. Compare(RunSetting.Baseline, Baseline(one), Baseline(other)),
            .. Compare(RunSetting.Target, ResultsJson.Serialize(one.Target), ResultsJson.Serialize(other.Target), isLong: true),
            .. one.Arms.Join(other.Arms, arm => arm.Name, arm => arm.Name, Environment).SelectMany(difference => difference),
            .. one.Arms.Join(other.Arms, arm => arm.Name, arm => arm.Name, Program).SelectMany(difference => difference),
            .. Compare(RunSetting.PerfLab, first.Manifest.Commit ?? first.Manifest.ToolVersion, second.Manifest.Commit ?? second.Manifest.ToolVersion),
        ];
    }

    private static IEnumerable<SettingDifference> Environment(PlannedArm one, PlannedArm other) =>
        Compare(RunSetting.Environment, Text(one.Environment), Text(other.Environment), isLong: true).Select(difference => difference with { Arm = one.Name });

    private static IEnumerable<SettingDifference> Program(PlannedArm one, PlannedArm other) =>
        Compare(RunSetting.Program, ResultsJson.Serialize(one.Program), ResultsJson.Serialize(other.Program), isLong: true).Select(difference => difference with { Arm = one.Name });

    private static string Text(IReadOnlyDictionary<string, string> environment) =>
        ResultsJson.Serialize(new SortedDictionary<string, string>(environment.ToDictionary(), StringComparer.Ordinal));

    private static IEnumerable<SettingDifference> Compare(RunSetting setting, string one, string other, bool isLong = false) =>
        one == other ? []
        : isLong ? [new(setting, null, null)]
        : [new(setting, one, other)];

    private static string Generator(Plan plan) => plan.Generator is { } generator ? $"{generator.Tool} ({generator.Connections})" : "PerfLab";

    private static string Baseline(Plan plan) => plan.Arms.First(arm => arm.Role == ArmRole.Baseline).Name;

    private static string Number(double value) => value.ToString("#,##0.######", CultureInfo.InvariantCulture);
}
