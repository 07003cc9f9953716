namespace PerfLab.Experiments.Plans;

/// <summary>Why a plan has as many launch sets as it has, where a scenario states a precision.</summary>
/// <param name="Source">Where the spread comes from, for a sentence: <c>the noise profile of RUN</c>.</param>
/// <param name="AffordableLaunchSets">Launch sets that fit the budget.</param>
/// <param name="Goals">What the run shall be able to find.</param>
public sealed record PlanSizing(string Source, int AffordableLaunchSets, IReadOnlyList<SizingGoal> Goals)
{
    /// <summary>Gets a value indicating whether the planned launch sets find all that the scenario wants to find.</summary>
    public bool IsReached => Goals.All(goal => goal.DetectableRatio <= goal.WantedRatio);
}
