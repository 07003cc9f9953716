using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Runs;

/// <summary>What a run says of a claim.</summary>
public enum ClaimOutcome
{
    /// <summary>The run cannot tell, or there is none.</summary>
    CannotTell = 0,

    /// <summary>All that is so if the claim is true is proven.</summary>
    Confirmed = 1,

    /// <summary>The contrary of something that is so if the claim is true is proven.</summary>
    Refuted = 2,
}

/// <summary>What a run says of a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Run">The run; null where there is none of its scenario.</param>
/// <param name="Outcome">The answer.</param>
/// <param name="Evidence">What was measured, in the order of the claim's evidence; null for an arm or a load that the run does not have.</param>
public sealed record ClaimAnswer(MeasuredClaim Claim, RunAnalysis? Run, ClaimOutcome Outcome, IReadOnlyList<ConditionResult?> Evidence);

/// <summary>Answers claims by runs, as conditions of a decision are judged: by whole intervals, and by no run that is not trusted. A pure function.</summary>
public static class ClaimJudge
{
    // The rate of a run's first load is chosen before its share of the open-loop capacity is known: 50 % came out as 56 %.
    private const double ShareTolerance = 0.1;

    // Queues grow steeply towards saturation: there another load is another claim.
    private const double NearSaturation = 0.7;
    private const double ToleranceThere = 0.05;

    /// <summary>Answers a claim by the newest run of its scenario.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="runs">Runs of any scenarios.</param>
    public static ClaimAnswer Judge(MeasuredClaim claim, IReadOnlyList<RunAnalysis> runs)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (runs.Where(run => run.Plan.Scenario == claim.Scenario).MaxBy(run => run.Manifest.StartedUtc) is not { } run)
        {
            return new ClaimAnswer(claim, null, ClaimOutcome.CannotTell, []);
        }

        var basis = new DecisionBasis(run.Plan, run.LaunchSets, run.Trust.Level, run.Arms, run.Visibility);
        ConditionResult?[] evidence = [.. claim.Evidence.Select(each => AtLoad(basis, run, each) is { } atLoad && atLoad.Arms.FirstOrDefault(arm => arm.Name == each.Arm) is { } arm
            ? Recommender.Judge(DecisionCondition.Parse(each.Condition), arm, atLoad)
            : null)];
        var answers = claim.Evidence.Zip(evidence, (each, result) => Of(each, result)).ToArray();
        return new ClaimAnswer(claim, run, Recommender.MayDecide(basis) ? Combined(answers) : ClaimOutcome.CannotTell, evidence);
    }

    /// <summary>Finds the load of a run that is nearest to a share of its capacity; null where none is within ten percentage points, or five above 70 %.</summary>
    /// <param name="run">The run.</param>
    /// <param name="share">The share, from 0 to 1.</param>
    public static LoadLevelAnalysis? Nearest(RunAnalysis run, double share)
    {
        ArgumentNullException.ThrowIfNull(run);
        var tolerance = share > NearSaturation ? ToleranceThere : ShareTolerance;
        return run.Levels
            .Where(level => level.Load.CapacityShare is { } own && Math.Abs(own - share) <= tolerance)
            .MinBy(level => Math.Abs(level.Load.CapacityShare!.Value - share));
    }

    // The arms with what they, their baseline and their control measured at the load that is asked for; null where there is none.
    private static DecisionBasis? AtLoad(DecisionBasis basis, RunAnalysis run, ClaimEvidence evidence)
    {
        var metrics = evidence switch
        {
            { ClosedLoop: true } => run.ClosedLoop?.Arms.ToDictionary(arm => arm.Name, arm => arm.Metrics, StringComparer.Ordinal) ?? [],
            { CapacityShare: { } share } => Nearest(run, share)?.Arms.ToDictionary(arm => arm.Name, arm => arm.Metrics, StringComparer.Ordinal) ?? [],
            _ => null,
        };
        return metrics is null ? basis
            : metrics.Count == 0 ? null
            : basis with { Arms = [.. basis.Arms.Where(arm => metrics.ContainsKey(arm.Name)).Select(arm => arm with { Metrics = metrics[arm.Name] })] };
    }

    private static ClaimOutcome Of(ClaimEvidence evidence, ConditionResult? result) => result?.Outcome switch
    {
        ThresholdOutcome.Proven => evidence.Holds ? ClaimOutcome.Confirmed : ClaimOutcome.Refuted,
        ThresholdOutcome.Violated => evidence.Holds ? ClaimOutcome.Refuted : ClaimOutcome.Confirmed,
        _ => ClaimOutcome.CannotTell,
    };

    private static ClaimOutcome Combined(ClaimOutcome[] answers) =>
        answers.Contains(ClaimOutcome.Refuted) ? ClaimOutcome.Refuted
        : answers.Length > 0 && Array.TrueForAll(answers, answer => answer == ClaimOutcome.Confirmed) ? ClaimOutcome.Confirmed
        : ClaimOutcome.CannotTell;
}
