
namespace PerfLab.Experiments.Thresholds;

/// <summary>What an arm may cost and what must be seen, so that a run can recommend one: <c>decide</c> of a scenario.</summary>
/// <param name="Budget">Conditions on costs, as written; may be empty.</param>
/// <param name="See">Conditions on what is kept, as written; may be empty.</param>
/// <param name="RequestsPerSecond">The traffic of the service in production, for conditions on a month; null where not stated.</param>
public sealed record DecisionDefinition(IReadOnlyList<string> Budget, IReadOnlyList<string> See, double? RequestsPerSecond)
{
    /// <summary>The seconds of a month of 365.25 / 12 days.</summary>
    public const double SecondsPerMonth = 365.25 / 12 * 86_400;

    /// <summary>Gets the traffic of the service in production; null where not stated; then only conditions on exported bytes know a month.</summary>
    public TrafficDefinition? Traffic { get; init; }

    /// <summary>Gets the plans by which a month is priced, the one that the budget is about first.</summary>
    public IReadOnlyList<PricingPlan> Pricing { get; init; } = [];

    /// <summary>Gets all conditions, those of the budget first.</summary>
    /// <exception cref="ThresholdSyntaxException">One is no condition.</exception>
    public IReadOnlyList<DecisionCondition> ParseConditions() => [.. Budget.Concat(See).Select(DecisionCondition.Parse)];
}

/// <summary>
/// One condition of <c>decide</c>: what an arm may cost, as <c>cpu&lt;5%</c>, or what must be seen, as <c>errors_kept&gt;=99%</c>. The
/// grammar stands in <c>docs/decide.md</c>.
/// </summary>
/// <param name="Text">The text as written, without white space around it.</param>
/// <param name="Quantity">What it is about.</param>
/// <param name="Kind">What the limit is compared with.</param>
/// <param name="Operator">Below or AtMost for a cost, Above or AtLeast for what is seen.</param>
/// <param name="Limit">In seconds, bytes, money, or as a ratio.</param>
public sealed record DecisionCondition(string Text, DecisionQuantity Quantity, DecisionLimit Kind, ThresholdOperator Operator, double Limit)
{
    /// <summary>Gets the metric that it limits; null where it is about something else, such as kept traces or money.</summary>
    public MetricId? Metric => Quantity switch
    {
        DecisionQuantity.Cpu => MetricId.Cpu,
        DecisionQuantity.Allocation => MetricId.Allocation,
        DecisionQuantity.P50 => MetricId.P50,
        DecisionQuantity.P90 => MetricId.P90,
        DecisionQuantity.P99 => MetricId.P99,
        DecisionQuantity.Exported => MetricId.ExportedBytes,
        _ => null,
    };

    /// <summary>Says whether a value meets the condition.</summary>
    /// <param name="value">In the unit of <see cref="Limit"/>.</param>
    public bool Holds(double value) => ThresholdComparison.Holds(Operator, value, Limit);

    /// <summary>Reads a condition.</summary>
    /// <param name="text">For example <c>p99&lt;+2ms</c>.</param>
    /// <exception cref="ThresholdSyntaxException">The text is no condition of a decision; the message says where and what to write.</exception>
    public static DecisionCondition Parse(string text) => new DecisionConditionParser(text).Parse();
}

/// <summary>What a condition of a decision is about.</summary>
public enum DecisionQuantity
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>CPU per request against the baseline.</summary>
    Cpu = 1,

    /// <summary>Allocated bytes per request against the baseline.</summary>
    Allocation = 2,

    /// <summary>The median response time against the baseline.</summary>
    P50 = 3,

    /// <summary>The 90th percentile against the baseline.</summary>
    P90 = 4,

    /// <summary>The 99th percentile against the baseline.</summary>
    P99 = 5,

    /// <summary>Bytes of exports.</summary>
    Exported = 6,

    /// <summary>The share of failed requests whose trace is kept.</summary>
    ErrorsKept = 7,

    /// <summary>The share of slow requests whose trace is kept.</summary>
    SlowKept = 8,

    /// <summary>The share of all traces that is kept.</summary>
    TracesKept = 9,

    /// <summary>The share of kept traces that are complete.</summary>
    Complete = 10,

    /// <summary>Money in a month, by the first plan of the scenario's pricing.</summary>
    Cost = 11,
}

/// <summary>What the limit of a condition is compared with.</summary>
public enum DecisionLimit
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>A relative change against the baseline: 0.05 is 5 % more.</summary>
    Change = 1,

    /// <summary>An absolute change against the baseline for each request, in seconds or bytes.</summary>
    Difference = 2,

    /// <summary>The arm's own value for each request, in bytes.</summary>
    Value = 3,

    /// <summary>The arm's own bytes, or its money, in a month of the stated traffic.</summary>
    Monthly = 4,

    /// <summary>A share from 0 to 1.</summary>
    Share = 5,
}
