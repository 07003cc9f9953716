namespace PerfLab.Experiments.Thresholds;

/// <summary>
/// One condition that results must meet, in k6's grammar with ours on top: <c>p(99)&lt;200</c>, <c>errors&lt;1%</c>,
/// <c>overhead(cpu)&lt;5% for ratio-10</c>. The grammar stands in <c>docs/thresholds.md</c>.
/// </summary>
public sealed record Threshold
{
    /// <summary>The longest text that is read, in UTF-16 units.</summary>
    public const int MaximumLength = 200;

    /// <summary>Gets the text as it was written, without white space around it; parsing it again gives the same threshold.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the text without the list of arms.</summary>
    public required string Condition { get; init; }

    /// <summary>Gets what it is about.</summary>
    public required ThresholdQuantity Quantity { get; init; }

    /// <summary>Gets the name of the requests that it is about: <c>p(99){orders}&lt;20ms</c>; null for all together.</summary>
    public string? Request { get; init; }

    /// <summary>Gets how the value is compared with the limit.</summary>
    public required ThresholdOperator Operator { get; init; }

    /// <summary>Gets the limit in the quantity's unit: seconds, a ratio, a count, or requests per second.</summary>
    public required double Limit { get; init; }

    /// <summary>Gets the arms it is for, as named; empty for all.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>Reads a threshold. Takes time linear in the length of the text and does not depend on the culture.</summary>
    /// <param name="text">For example <c>p(99)&lt;200</c>.</param>
    /// <exception cref="ThresholdSyntaxException">The text is no threshold, or one that can never fail or never hold.</exception>
    public static Threshold Parse(string text) => new ThresholdParser(text).Parse();

    /// <summary>Says whether a value meets the condition.</summary>
    /// <param name="value">In the unit of <see cref="Limit"/>; not-a-number meets no condition.</param>
    public bool Holds(double value) => !double.IsNaN(value) && ThresholdComparison.Holds(Operator, value, Limit);

    /// <summary>The text as it was written.</summary>
    public override string ToString() => Text;
}

/// <summary>How a measured value is compared with a limit.</summary>
public enum ThresholdOperator
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary><c>&lt;</c>.</summary>
    Below = 1,

    /// <summary><c>&lt;=</c>.</summary>
    AtMost = 2,

    /// <summary><c>&gt;</c>.</summary>
    Above = 3,

    /// <summary><c>&gt;=</c>.</summary>
    AtLeast = 4,

    /// <summary><c>==</c>, and <c>===</c> as k6 also writes it.</summary>
    Equal = 5,

    /// <summary><c>!=</c>.</summary>
    NotEqual = 6,
}

/// <summary>What the operators mean.</summary>
internal static class ThresholdComparison
{
    internal static bool Holds(ThresholdOperator comparison, double value, double limit) => comparison switch
    {
        ThresholdOperator.Below => value < limit,
        ThresholdOperator.AtMost => value <= limit,
        ThresholdOperator.Above => value > limit,
        ThresholdOperator.AtLeast => value >= limit,
        ThresholdOperator.Equal => value.Equals(limit),
        ThresholdOperator.NotEqual => !value.Equals(limit),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "A threshold without an operator cannot be judged. Parse it from its text."),
    };

    /// <summary>Whether any value from least to most meets the condition.</summary>
    internal static bool CanHold(ThresholdOperator comparison, double limit, double least, double most) => comparison switch
    {
        ThresholdOperator.Below or ThresholdOperator.AtMost => Holds(comparison, least, limit),
        ThresholdOperator.Above or ThresholdOperator.AtLeast => Holds(comparison, most, limit),
        ThresholdOperator.Equal => limit >= least && limit <= most,
        _ => least < most,
    };

    /// <summary>The operator that holds exactly where this one does not.</summary>
    internal static ThresholdOperator Opposite(ThresholdOperator comparison) => comparison switch
    {
        ThresholdOperator.Below => ThresholdOperator.AtLeast,
        ThresholdOperator.AtMost => ThresholdOperator.Above,
        ThresholdOperator.Above => ThresholdOperator.AtMost,
        ThresholdOperator.AtLeast => ThresholdOperator.Below,
        ThresholdOperator.Equal => ThresholdOperator.NotEqual,
        _ => ThresholdOperator.Equal,
    };
}
