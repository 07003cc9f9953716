using System.Globalization;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Wording;

/// <summary>Says what a precision takes and whether the plan has it: before the first launch set, and in the report.</summary>
public static class SizingWording
{
    /// <summary>Says it in one sentence for each goal; nothing where the scenario states no precision.</summary>
    public static IReadOnlyList<string> Of(Plan plan) => plan.Sizing is { } sizing ? Of(sizing, plan.LaunchSets) : [];

    /// <summary>Says it of a sizing.</summary>
    internal static IReadOnlyList<string> Of(PlanSizing sizing, int launchSets) => [.. sizing.Goals.Select(goal => Of(goal, sizing, launchSets))];

    /// <summary>Says where the spread comes from, as a part of a sentence.</summary>
    internal static string Source(PlanSizing sizing) => sizing switch
    {
        { NoiseProfileRunId: { } run } => $"the noise profile of {run}",
        { PilotLaunchSets: { } pilot } => $"the first {DisplayText.Counted(pilot, "launch set")}",
        _ => sizing.Source ?? "an unknown source",
    };

    private static string Of(SizingGoal goal, PlanSizing sizing, int launchSets)
    {
        var wanted = $"Precision of {QuantityFormat.Percent(goal.WantedRatio)} for {MetricCatalog.Get(goal.Metric).InSentence}";
        return goal switch
        {
            { SpreadRatio: not { } } => $"{wanted}: its spread is not known, so {launchSets} launch sets are planned, all that the budget allows.",
            { SpreadRatio: { } spread, DetectableRatio: { } detectable } when detectable <= goal.WantedRatio =>
                $"{wanted}: its spread is {QuantityFormat.Percent(spread)} ({Source(sizing)}), and {launchSets} launch sets detect {QuantityFormat.Percent(detectable)} or more.",
            { SpreadRatio: { } spread } =>
                $"{wanted} CANNOT BE REACHED: its spread is {QuantityFormat.Percent(spread)} ({Source(sizing)}), which takes {Needed(goal)} launch sets, and the budget allows {sizing.AffordableLaunchSets}. The {launchSets} that are planned detect {(goal.DetectableRatio is { } ratio ? QuantityFormat.Percent(ratio) + " or more" : "nothing")}.",
        };
    }

    private static string Needed(SizingGoal goal) => goal.NeededLaunchSets?.ToString(CultureInfo.InvariantCulture) ?? "more than 1,000";
}
