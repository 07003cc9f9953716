using PerfLab.Analysis.Gates;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Gates;

/// <summary>Says what the gate says.</summary>
internal static class GateWording
{
    /// <summary>Says the outcome of a night in one sentence.</summary>
    public static string Headline(GateNight night)
    {
        var result = night.Result;
        var names = string.Join(", ", result.Metrics.Where(metric => metric.Outcome == result.Outcome).Select(metric => $"{MetricCatalog.Get(metric.Metric).InSentence} in {metric.Arm}"));
        return (HasEnded(night) ? string.Empty : "Ended early. ") + result.Outcome switch
        {
            GateOutcome.Regressed => $"Regressed: the head needs more than the baseline ({names}).",
            GateOutcome.NotJudged => $"Not judged: {(names.Length == 0 ? "the policy asks nothing" : names)}.",
            GateOutcome.Undecided => $"Undecided: {names}.",
            GateOutcome.Improved => $"Passed and improved: the head needs less than the baseline ({names}).",
            _ => "Passed: an increase beyond the thresholds is ruled out.",
        };
    }

    /// <summary>Says what follows for whoever waits for the gate.</summary>
    public static string Consequence(GateNight night) => (night.Result.IsBlocked, night.Result.Outcome) switch
    {
        (true, GateOutcome.Regressed) => "Blocked by the policy. The report of the run has every number; --bisect finds the commit, if there are several in between.",
        (true, GateOutcome.NotJudged) => "Blocked by the policy: what could not be judged is no pass. Correct the cause below and start the night again.",
        (true, _) => "Blocked by the policy, which does not let pass what is undecided. More time decides more: raise --budget.",
        (false, GateOutcome.Passed or GateOutcome.Improved) when !HasEnded(night) => "Nothing blocks, and this is no pass: the night did not come to its end. Start it again.",
        (false, GateOutcome.Passed or GateOutcome.Improved) => "Nothing blocks.",
        (false, GateOutcome.Undecided) => "Nothing blocks, and this is no pass. More time decides more: raise --budget.",
        _ => "Nothing blocks, because the policy only warns, and this is no pass.",
    };

    // What failed before anything was measured says so by itself.
    private static bool HasEnded(GateNight night) => night.Evidence.End is not (NightEnd.Interrupted or NightEnd.Voided);

    /// <summary>Says what the gate says of a metric of an arm.</summary>
    public static string Sentence(GateMetricResult result) =>
        $"{result.Arm}, {MetricCatalog.Get(result.Metric).InSentence}: {Reason(result)}.";

    /// <summary>Gets the word for an outcome.</summary>
    public static string Word(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => "Passed",
        GateOutcome.Improved => "Improved",
        GateOutcome.Regressed => "Regressed",
        GateOutcome.NotJudged => "Not judged",
        _ => "Undecided",
    };

    /// <summary>Says how often the gate was wrong so far.</summary>
    public static string TrackRecord(GateTrackRecord record)
    {
        if (record.Nights == 0)
        {
            return "No earlier night of this environment: how often the gate is wrong here is not known yet.";
        }

        var alarms = record.ControlAlarmRatio is var (low, high)
            ? $"{record.ControlAlarms} of {DisplayText.Counted(record.ControlComparisons, "A/A comparison")} looked like an increase (probability {PercentText.Range(low, high)})"
            : "no A/A pair was compared";
        var rechecks = record.Rechecked == 0 ? "no suspect had to be measured again" : $"{record.Confirmed} of {DisplayText.Counted(record.Rechecked, "suspect")} were found again";
        var planted = record.PlantedNights == 0 ? string.Empty : $"; {record.PlantedFound} of {DisplayText.Counted(record.PlantedNights, "planted cost")} were found";
        var repeated = record.Repeated == 0 ? string.Empty : $"; {DisplayText.Counted(record.Repeated, "regression")} stood in two nights running";
        return $"{DisplayText.Counted(record.Nights, "earlier night")} of this environment: {alarms}; {rechecks}{planted}{repeated}.";
    }

    /// <summary>Says what is to be known of the history; nothing where all of it is used and no level shifted.</summary>
    public static IEnumerable<string> History(GateNight night) =>
    [
        .. Skipped(night.History),
        .. night.EnvironmentChanges.Count > 0 ? [$"A new epoch of the history begins: {string.Join("; ", night.EnvironmentChanges)}."] : Array.Empty<string>(),
        .. HistoryReport.Shifts(night.Trends).Select(shift => $"Trend, which informs and does not block: {shift}"),
    ];

    /// <summary>Says which lines of a history are not used.</summary>
    public static IEnumerable<string> Skipped(HistoryReading history) =>
        history.Skipped.Select(line => $"Line {line.Line} of the history is not used: {Because(line.Reason)}.");

    private static string Reason(GateMetricResult result) => result.Reason switch
    {
        GateReason.WithinThreshold within => $"{PercentText.Change(within.Ratio)}; an increase above {Limit(result)} is ruled out",
        GateReason.BelowThreshold below => $"{PercentText.Change(below.Ratio)}: less by more than {Limit(result)}",
        GateReason.Confirmed twice => $"{PercentText.Change(twice.First)}, and {PercentText.Change(twice.Again)} in fresh launch sets: above {Limit(result)} both times",
        GateReason.NotConfirmed once => $"{PercentText.Change(once.First)} looked like more than {Limit(result)}, and fresh launch sets say {PercentText.Change(once.Again)}{(result.Outcome == GateOutcome.Passed ? string.Empty : ", which does not decide")}",
        GateReason.Unconfirmed suspect => $"{PercentText.Change(suspect.First)} looks like more than {Limit(result)}, and it was not measured again",
        GateReason.ReachesAcross across => $"{PercentText.Change(across.Ratio)} reaches across {Limit(result)}{(across.DetectableRatio is { } least ? $"; this night would have found {MetricColumnFormat.Effect(least)} four times in five" : string.Empty)}",
        GateReason.ControlMoved moved => $"{PercentText.Change(moved.Ratio)}, but {(moved.Control is { } control ? $"the baseline measured twice differs from itself by {PercentText.Change(control)}" : "the control was not measured in it")}",
        GateReason.NothingMeasured none => $"nothing was measured, because {Because(none.End)}",
        GateReason.NotTrusted { Trust: TrustLevel.Untrusted } => "the run is UNTRUSTED and decides nothing",
        GateReason.NotTrusted few => $"nothing shows that the run can be trusted ({DisplayText.Counted(few.LaunchSets, "launch set")})",
        GateReason.MissingArm missing => $"the run has no arm {DisplayText.Name(missing.Arm)}",
        GateReason.BrokenArm broken => $"{broken.Arm.Arm} {ArmHealthWording.Predicate(broken.Arm.State, broken.Arm.Fault)}",
        GateReason.MissingMetric { Missing: { } missing } => $"not measured: {MissingWording.Of(result.Metric, missing)}",
        GateReason.MissingMetric => "the target has no such metric",
        GateReason.OtherMachine other => $"it was measured again on another machine ({string.Join("; ", other.Differences)})",
        _ => "no reason was given",
    };

    private static string Limit(GateMetricResult result) => MetricColumnFormat.Percent(result.Threshold);

    private static string Because(NightEnd end) => end switch
    {
        NightEnd.BaselineNotBuilt => "the baseline could not be built",
        NightEnd.HeadNotBuilt => "the head could not be built",
        NightEnd.TargetFailed => "a target failed",
        NightEnd.Interrupted => "the night was interrupted",
        NightEnd.StorageFailed => "results could not be written",
        NightEnd.Voided => "no launch set counts",
        _ => "the night ended before",
    };

    private static string Because(SkippedLineReason reason) => reason switch
    {
        SkippedLineReason.Unfinished => "its writer was stopped before its end",
        SkippedLineReason.LaterVersion => "a later version of PerfLab wrote it",
        SkippedLineReason.Repeated => "a line before it is about the same night",
        _ => "it is damaged",
    };
}
