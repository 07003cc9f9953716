using PerfLab.Experiments;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Wording;

/// <summary>What a precision takes and whether the plan has it, in words: before the first launch set, and in the report.</summary>
public static class SizingText
{
    /// <summary>Says it in one sentence for each goal; nothing where the scenario states no precision.</summary>
    public static IReadOnlyList<string> Of(Plan plan) =>
        plan.Sizing is { } sizing ? [.. sizing.Goals.Select(goal => Of(goal, sizing, plan.LaunchSets))] : [];

    /// <summary>Warns where the plan cannot find what the scenario wants to find, and where the run found out that it could not.</summary>
    internal static IEnumerable<Finding> Findings(Plan plan, IReadOnlyList<ArmAnalysis> arms)
    {
        if (plan.Sizing is not { } sizing)
        {
            yield break;
        }

        if (!sizing.IsReached)
        {
            yield return new Finding(FindingSeverity.Warning, "precision-not-reached", "run", string.Join(" ", Of(plan)), "Raise design.budget, or ask for less in design.precision.");
        }

        foreach (var goal in sizing.Goals)
        {
            var worst = arms.Where(arm => arm.Role != ArmRole.Baseline)
                .Select(arm => (arm.Name, arm.Metrics.FirstOrDefault(metric => metric.Metric == goal.Metric)?.DetectableEffect))
                .MaxBy(arm => arm.DetectableEffect);
            if (sizing.IsReached && worst.DetectableEffect > goal.WantedRatio)
            {
                yield return new Finding(
                    FindingSeverity.Note,
                    "precision-missed",
                    worst.Name,
                    $"{NounOf(goal)}: by its own spread this run finds {QuantityFormat.Percent(worst.DetectableEffect.Value)} or more, and {QuantityFormat.Percent(goal.WantedRatio)} was wanted. {Capital(sizing.Source)} promised better.",
                    "Arms that run different code spread more than identical ones. Raise design.launch_sets if the answer is not clear.");
            }
        }
    }

    private static string Of(SizingGoal goal, PlanSizing sizing, int launchSets) => goal switch
    {
        { SpreadRatio: not { } } => $"Precision of {QuantityFormat.Percent(goal.WantedRatio)} for {NounOf(goal)}: how far it spreads is not known, so {launchSets} launch sets are planned, all that the budget allows.",
        { SpreadRatio: { } spread, DetectableRatio: { } detectable } when detectable <= goal.WantedRatio =>
            $"Precision of {QuantityFormat.Percent(goal.WantedRatio)} for {NounOf(goal)}: it spreads by {QuantityFormat.Percent(spread)} ({sizing.Source}), and {launchSets} launch sets find {QuantityFormat.Percent(detectable)} or more.",
        { SpreadRatio: { } spread } =>
            $"Precision of {QuantityFormat.Percent(goal.WantedRatio)} for {NounOf(goal)} CANNOT BE REACHED: it spreads by {QuantityFormat.Percent(spread)} ({sizing.Source}), which takes {Needed(goal)} launch sets, and the budget allows {sizing.AffordableLaunchSets}. The {launchSets} that are planned find {(goal.DetectableRatio is { } ratio ? QuantityFormat.Percent(ratio) + " or more" : "nothing")}.",
    };

    private static string Needed(SizingGoal goal) =>
        goal.NeededLaunchSets is { } needed ? FormattableString.Invariant($"{needed}") : "more than 1,000";

    private static string NounOf(SizingGoal goal) => MetricCatalog.Get(goal.Metric).InSentence;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
