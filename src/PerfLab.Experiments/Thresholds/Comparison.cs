namespace PerfLab.Experiments.Thresholds;

/// <summary>What the operators mean.</summary>
internal static class Comparison
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
