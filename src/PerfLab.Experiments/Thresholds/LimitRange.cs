using PerfLab.Experiments.Metrics;

namespace PerfLab.Experiments.Thresholds;

/// <summary>Which values a quantity can have, and how limits of it are written.</summary>
/// <param name="Least">The smallest possible value.</param>
/// <param name="Most">The largest possible value.</param>
/// <param name="Name">What the values are called.</param>
/// <param name="Units">The endings of a number, with the power of ten that brings it into the unit in memory; the first is the default where there is one.</param>
/// <param name="HasDefaultUnit">Whether a number may stand without an ending.</param>
/// <param name="Example">A limit.</param>
internal sealed record LimitRange(
    double Least,
    double Most,
    string Name,
    IReadOnlyList<(string Ending, int PowerOfTen)> Units,
    bool HasDefaultUnit,
    string Example)
{
    // k6's limits of durations are milliseconds.
    private static readonly LimitRange Time = new(0, double.PositiveInfinity, "a duration", [("ms", -3), ("us", -6), ("s", 0)], HasDefaultUnit: true, "200ms");

    private static readonly LimitRange Count = new(0, double.PositiveInfinity, "a count", [("", 0)], HasDefaultUnit: true, "1000");

    // k6's rate is a ratio. 'errors' is ours, and there 1 could be meant as 1 %.
    private static readonly LimitRange Rate = new(0, 1, "a share", [("", 0), ("%", -2)], HasDefaultUnit: true, "1%");

    private static readonly LimitRange Share = new(0, 1, "a share", [("%", -2)], HasDefaultUnit: false, "1%");

    private static readonly LimitRange Change = new(-1, double.PositiveInfinity, "a relative change", [("%", -2)], HasDefaultUnit: false, "5%");

    /// <summary>Finds the range for a quantity.</summary>
    /// <param name="quantity">What the threshold is about.</param>
    /// <param name="asRate">Whether it was written as k6's <c>rate</c>.</param>
    internal static LimitRange Of(ThresholdQuantity quantity, bool asRate) => quantity switch
    {
        ThresholdQuantity.Overhead => Change,
        ThresholdQuantity.ErrorShare => asRate ? Rate : Share,
        { Unit: MetricUnit.Seconds } => Time,
        _ => Count,
    };

    /// <summary>What units there are and how a limit is written, as it stands in a message.</summary>
    internal string Advise()
    {
        var endings = string.Join(", ", Units.Select(unit => unit.Ending).Where(ending => ending.Length > 0));
        return endings.Length > 0
            ? $"Units are: {endings}. Write {Name} such as {Example}."
            : $"Write {Name} without a unit, such as {Example}.";
    }
}
