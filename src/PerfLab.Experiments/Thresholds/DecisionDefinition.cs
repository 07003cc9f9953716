namespace PerfLab.Experiments.Thresholds;

/// <summary>What an arm may cost and what must be seen, so that a run can recommend one: <c>decide</c> of a scenario.</summary>
/// <param name="Budget">Conditions on costs, as written; may be empty.</param>
/// <param name="See">Conditions on what is kept, as written; may be empty.</param>
/// <param name="RequestsPerSecond">The traffic of the service in production, for what a month takes; null where not stated.</param>
public sealed record DecisionDefinition(IReadOnlyList<string> Budget, IReadOnlyList<string> See, double? RequestsPerSecond)
{
    /// <summary>The seconds of a month of 365.25 / 12 days.</summary>
    public const double SecondsPerMonth = 365.25 / 12 * 86_400;

    /// <summary>Gets all conditions, those of the budget first.</summary>
    /// <exception cref="Thresholds.ThresholdSyntaxException">One is no condition.</exception>
    public IReadOnlyList<DecisionCondition> ParseConditions() => [.. Budget.Concat(See).Select(DecisionCondition.Parse)];
}
