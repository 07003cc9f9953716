using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Thresholds;

/// <summary>What a run says of all its thresholds.</summary>
/// <param name="Results">One by one, in the order in which they were given.</param>
public sealed record RunThresholds(IReadOnlyList<RunThresholdResult> Results)
{
    /// <summary>Gets the worst outcome, a violation before what is not decided; null when there is no threshold.</summary>
    public ThresholdOutcome? Outcome => Results.Count == 0 ? null : ThresholdOutcomeRule.Combine(Results.Select(result => result.Outcome));

    /// <summary>Says whether the thresholds fail the run.</summary>
    /// <param name="failOnInconclusive">Whether a threshold that is not decided fails it as a violated one does.</param>
    public bool Fail(bool failOnInconclusive) =>
        Outcome == ThresholdOutcome.Violated || (failOnInconclusive && Outcome == ThresholdOutcome.NotDecided);
}

/// <summary>What a run says of one threshold, over all arms that it is for.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="Outcome">Violated when one arm violates it, Proven when it is proven for every arm and there is one, else not decided.</param>
/// <param name="Arms">The arms one by one, in the order of the threshold or of the run; empty where the threshold cannot be judged at all.</param>
/// <param name="Refusal">Why no run of a scenario can judge it; null where one can.</param>
public sealed record RunThresholdResult(
    Threshold Threshold,
    ThresholdOutcome Outcome,
    IReadOnlyList<ArmThresholdResult> Arms,
    ThresholdRefusal? Refusal = null);

/// <summary>Why a threshold is none for a scenario, in the words in which a scenario file with it is refused.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="Advice">What to write instead.</param>
public sealed record ThresholdRefusal(string Problem, string Advice);

/// <summary>What a run says of a threshold for one arm.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Evidence">The numbers, or why there are none.</param>
/// <param name="Obstacle">What keeps the numbers from deciding; null where they decide, and where there are none.</param>
public sealed record ArmThresholdResult(string Arm, ThresholdOutcome Outcome, ThresholdEvidence Evidence, ThresholdObstacle? Obstacle = null)
{
    internal static ArmThresholdResult NotDecided(string arm, ThresholdEvidence evidence, ThresholdObstacle? obstacle = null) =>
        new(arm, ThresholdOutcome.NotDecided, evidence, obstacle);
}

/// <summary>What a run says of a threshold.</summary>
public enum ThresholdOutcome
{
    /// <summary>The run does not decide: the interval reaches across the limit, something was not measured, or the run is not trusted.</summary>
    NotDecided = 0,

    /// <summary>The whole interval meets the condition, or the count does.</summary>
    Proven = 1,

    /// <summary>Nothing of the interval meets the condition, or the count does not.</summary>
    Violated = 2,
}

/// <summary>How outcomes come about and add up.</summary>
internal static class ThresholdOutcomeRule
{
    /// <summary>
    /// Proven when every value of the closed interval meets the condition, violated when none does. Each operator holds on one
    /// side of the limit, or at it, so the two ends decide unless the limit lies between them.
    /// </summary>
    internal static ThresholdOutcome Of(Threshold threshold, Interval interval) =>
        (threshold.Holds(interval.Low), threshold.Holds(interval.High), interval.Low < threshold.Limit && threshold.Limit < interval.High) switch
        {
            (true, true, false) => ThresholdOutcome.Proven,
            (false, false, false) => ThresholdOutcome.Violated,
            _ => ThresholdOutcome.NotDecided,
        };

    /// <summary>One violation is enough; to prove takes all, and at least one.</summary>
    internal static ThresholdOutcome Combine(IEnumerable<ThresholdOutcome> outcomes)
    {
        var all = outcomes.ToHashSet();
        return all.Contains(ThresholdOutcome.Violated) ? ThresholdOutcome.Violated
            : all is { Count: 1 } && all.Contains(ThresholdOutcome.Proven) ? ThresholdOutcome.Proven
            : ThresholdOutcome.NotDecided;
    }
}
