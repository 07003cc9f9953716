using PerfLab.Analysis;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Reporting.Wording;

/// <summary>Says what would settle a threshold that a run does not decide.</summary>
internal static class ThresholdAdvice
{
    // A launch set takes about half a minute and more: beyond this a run takes hours, and nobody repeats it three times over.
    private const int MostLaunchSets = 100;
    private const int MostTimes = 3;

    // A whole number that division made a little larger is still that number.
    private const double Rounding = 1e-6;

    /// <summary>Says it, a sentence for each different obstacle; empty where the sentence about the threshold has it.</summary>
    /// <param name="result">A threshold that is not decided.</param>
    /// <param name="launchSets">Launch sets that the run rests on.</param>
    public static string Of(RunThresholdResult result, int launchSets) => string.Join(
        " ",
        result.Arms.Where(arm => arm.Outcome == ThresholdOutcome.NotDecided)
            .Select(arm => Of(result.Threshold, arm, launchSets))
            .Where(sentence => sentence.Length > 0)
            .Distinct(StringComparer.Ordinal));

    /// <summary>Gets what to do instead where nobody runs the launch sets that it would take.</summary>
    public const string Instead = "Use a quieter machine or a longer window (design.slice, design.rounds), or ask for a limit outside of the interval.";

    /// <summary>Tells whether nobody runs so many launch sets to settle a question: more than a hundred in all, and more than three times those of the run.</summary>
    /// <param name="needed">How many it would take.</param>
    /// <param name="launchSets">Those of the run.</param>
    public static bool IsOutOfReach(double needed, int launchSets) => !(needed <= Math.Max(MostLaunchSets, MostTimes * launchSets));

    private static string Of(Threshold threshold, ArmThresholdResult arm, int launchSets) => (arm.Obstacle, arm.Evidence) switch
    {
        (ThresholdObstacle.ReachesAcrossLimit, { Measured: { } interval }) => LaunchSets(threshold, interval, launchSets),
        (ThresholdObstacle.LedgerUnbalanced, _) => "Look at the ledger of the report for spans that came twice or from elsewhere.",
        (ThresholdObstacle.Untrusted, _) => "Run again on a quieter machine: no threshold is decided while the control differs from the baseline.",
        (ThresholdObstacle.TrustNotShown, _) => "Run with a control and at least 6 launch sets.",
        (ThresholdObstacle.FaultyArm faulty, _) => $"Repair {DisplayText.Name(faulty.Arm)} first: the report says what it did.",
        (ThresholdObstacle.ControlMoved, _) => "Run again on a quieter machine, with a longer slice, or with a wider limit.",
        (ThresholdObstacle.ControlNotMeasured, _) => "Run again with more load or a longer slice, so that every launch set measures the control too.",
        (_, ThresholdEvidence.NoInterval none) => $"Run {none.NeededLaunchSets} launch sets or more: raise design.launch_sets, or add the missing ones with --resume.",
        (_, ThresholdEvidence.NotMeasured { Missing.Reason: MissingReason.TooFewAnswers } or ThresholdEvidence.NoChange { Missing.Reason: MissingReason.TooFewAnswers }) => "Raise the rate, the weight of the request, or design.rounds.",
        (_, ThresholdEvidence.NoSuchRequest) => "Run the scenario again: requests are told apart in runs of this version.",
        (_, ThresholdEvidence.SpansNotCounted) => "The target must report what it sampled.",
        (_, ThresholdEvidence.NoSuchArm) => "Name an arm of the run.",
        _ => string.Empty,
    };

    // An interval shrinks with the square root of the number of launch sets: it must not reach from its estimate to the limit.
    private static string LaunchSets(Threshold threshold, Interval interval, int launchSets)
    {
        var reach = (threshold.Limit > interval.Estimate ? interval.High - interval.Estimate : interval.Estimate - interval.Low) / Math.Abs(threshold.Limit - interval.Estimate);
        var needed = Math.Ceiling((launchSets * reach * reach) - Rounding);
        return !IsOutOfReach(needed, launchSets)
            ? $"About {DisplayText.Count(Math.Max((long)needed, launchSets + 1L))} launch sets would decide it if the estimate stays where it is; this run has {DisplayText.Count(launchSets)}."
            : $"The value is too close to the limit: no practical number of launch sets would decide it. {Instead}";
    }
}
