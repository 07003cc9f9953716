using PerfLab.Experiments.Metrics;

namespace PerfLab.Analysis.Formatting;

/// <summary>A unit as shown: what a stored value is divided by, and the text behind the number.</summary>
/// <param name="Divisor">Stored value of one shown unit; 0.001 for milliseconds.</param>
/// <param name="Symbol">Text behind the number; empty for counts.</param>
internal sealed record QuantityScale(double Divisor, string Symbol)
{
    private static readonly QuantityScale[] Seconds = [new(1, "s"), new(1e-3, "ms"), new(1e-6, "us"), new(1e-9, "ns")];

    // Powers of 1000 as in the SI, so that 14.2 kB and 14,200 bytes are the same number to a reader.
    private static readonly QuantityScale[] Bytes = [new(1e9, "GB"), new(1e6, "MB"), new(1e3, "kB"), new(1, "B")];

    /// <summary>Finds the scale that shows the magnitude with at least one digit before the point.</summary>
    /// <param name="unit">Unit in memory.</param>
    /// <param name="magnitude">A positive value, or null when there is none.</param>
    internal static QuantityScale For(MetricUnit unit, double? magnitude) => unit switch
    {
        MetricUnit.Seconds => Fitting(Seconds, magnitude, whenNothing: "s"),
        MetricUnit.Bytes => Fitting(Bytes, magnitude, whenNothing: "B"),
        MetricUnit.Count => new QuantityScale(1, string.Empty),
        MetricUnit.Ratio => new QuantityScale(0.01, "%"),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "A value without a unit cannot be shown."),
    };

    private static QuantityScale Fitting(QuantityScale[] fromLarge, double? magnitude, string whenNothing) =>
        magnitude is { } value
            ? Array.Find(fromLarge, scale => value >= scale.Divisor) ?? fromLarge[^1]
            : Array.Find(fromLarge, scale => scale.Symbol == whenNothing)!;
}
