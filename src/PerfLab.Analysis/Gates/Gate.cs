using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;

namespace PerfLab.Analysis.Gates;

/// <summary>
/// Judges head against baseline. Passed when the interval of the change rules an increase beyond the threshold out; suspect when
/// the whole interval lies beyond it, and Regressed only when fresh launch sets, which know nothing of the first, say so again.
/// What was not measured, and what cannot be trusted, is never a pass. A pure function; see <c>docs/gate.md</c>.
/// </summary>
public static class Gate
{
    /// <summary>Names the arms that a second run should measure: those with an increase beyond the threshold in a metric of the policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="first">The run of all arms.</param>
    public static IReadOnlyList<string> Suspects(GatePolicy policy, GateRun first) =>
        [.. policy.Arms.Where(arm => policy.Metrics.Any(metric => Read(metric, arm, first) is (Finding.Suspect, _)))];

    /// <summary>Judges a night.</summary>
    /// <param name="policy">What is asked, and what follows from the answers.</param>
    /// <param name="evidence">What was measured.</param>
    public static GateResult Judge(GatePolicy policy, GateEvidence evidence) => new(
        [.. from arm in policy.Arms from metric in policy.Metrics select Judge(metric, arm, evidence)],
        GateTrackRecord.Of(evidence.History));

    private static GateMetricResult Judge(GateMetric metric, string arm, GateEvidence evidence)
    {
        var (outcome, reason) = Decide(metric, arm, evidence);
        var action = outcome switch
        {
            GateOutcome.Regressed => metric.WhenRegressed,
            GateOutcome.Undecided => metric.WhenUndecided,
            GateOutcome.NotJudged => metric.WhenMissing,
            _ => GateAction.Warn,
        };
        return new GateMetricResult(arm, metric.Metric, metric.Threshold, outcome, reason, action == GateAction.Block);
    }

    private static (GateOutcome Outcome, GateReason Reason) Decide(GateMetric metric, string arm, GateEvidence evidence)
    {
        if (evidence.First is not { } first)
        {
            return (GateOutcome.NotJudged, new GateReason.NothingMeasured(evidence.End));
        }

        var (finding, reason) = Read(metric, arm, first);
        if (finding != Finding.Suspect)
        {
            return (OutcomeOf(finding), reason);
        }

        var suspected = ((GateReason.Unconfirmed)reason).First;
        if (evidence.Confirmation is not { } confirmation)
        {
            return (GateOutcome.Undecided, reason);
        }

        if (first.Machine.DifferencesFrom(confirmation.Machine) is { Count: > 0 } differences)
        {
            return (GateOutcome.NotJudged, new GateReason.OtherMachine(differences));
        }

        // The first run was chosen for being extreme: only what knows nothing of it can tell whether it was chance.
        var (again, why) = Read(metric, arm, confirmation);
        return (again, RatioOf(why)) switch
        {
            (Finding.Suspect, { } ratio) => (GateOutcome.Regressed, new GateReason.Confirmed(suspected, ratio)),
            (Finding.Within or Finding.Below, { } ratio) => (GateOutcome.Passed, new GateReason.NotConfirmed(suspected, ratio)),
            (Finding.Across, { } ratio) when why is GateReason.ReachesAcross => (GateOutcome.Undecided, new GateReason.NotConfirmed(suspected, ratio)),
            _ => (OutcomeOf(again), why),
        };
    }

    private static GateOutcome OutcomeOf(Finding finding) => finding switch
    {
        Finding.Within => GateOutcome.Passed,
        Finding.Below => GateOutcome.Improved,
        Finding.Nothing => GateOutcome.NotJudged,
        _ => GateOutcome.Undecided,
    };

    private static Interval? RatioOf(GateReason reason) => reason switch
    {
        GateReason.WithinThreshold within => within.Ratio,
        GateReason.BelowThreshold below => below.Ratio,
        GateReason.Unconfirmed suspect => suspect.First,
        GateReason.ReachesAcross across => across.Ratio,
        _ => null,
    };

    private static (Finding Finding, GateReason Reason) Read(GateMetric metric, string arm, GateRun run)
    {
        var pair = run.Pairs.FirstOrDefault(candidate => candidate.Arm == arm);
        if (pair?.MissingArm is not null || pair is null)
        {
            return (Finding.Nothing, new GateReason.MissingArm(pair?.MissingArm ?? arm));
        }

        if (run.Trust is not (TrustLevel.Trusted or TrustLevel.Limited))
        {
            return (Finding.Nothing, new GateReason.NotTrusted(run.Trust, run.LaunchSets));
        }

        if (pair.Fault is { } fault)
        {
            return (Finding.Nothing, new GateReason.BrokenArm(fault));
        }

        var comparison = pair.Comparisons.FirstOrDefault(candidate => candidate.Metric == metric.Metric);
        return comparison?.Ratio is { } ratio
            ? Read(metric, comparison, ratio, run.Control.FirstOrDefault(candidate => candidate.Metric == metric.Metric))
            : (Finding.Nothing, new GateReason.MissingMetric(comparison?.Missing));
    }

    // Each claim needs a control that bears it: that an increase is ruled out is a claim about the threshold.
    private static (Finding Finding, GateReason Reason) Read(GateMetric metric, MetricComparison comparison, Interval ratio, MetricComparison? control)
    {
        var (finding, claimed, reason) = ratio switch
        {
            _ when ratio.Low > metric.Threshold => (Finding.Suspect, ControlRule.Distance(ratio), new GateReason.Unconfirmed(ratio)),
            _ when ratio.High < -metric.Threshold => (Finding.Below, ControlRule.Distance(ratio), new GateReason.BelowThreshold(ratio)),
            _ when ratio.High <= metric.Threshold => (Finding.Within, metric.Threshold, (GateReason)new GateReason.WithinThreshold(ratio)),
            _ => (Finding.Across, 0, new GateReason.ReachesAcross(ratio, comparison.DetectableEffect)),
        };
        return finding != Finding.Across && !ControlRule.Allows(control, claimed)
            ? (Finding.Across, new GateReason.ControlMoved(ratio, control!.Ratio))
            : (finding, reason);
    }

    private enum Finding
    {
        Nothing = 0,
        Within = 1,
        Below = 2,
        Suspect = 3,
        Across = 4,
    }
}
