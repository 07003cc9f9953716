using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Wording;

/// <summary>Changes, limits and probabilities as they stand in sentences.</summary>
public static class PercentText
{
    /// <summary>An estimate with sign and its bounds: <c>+1.2 % (-1.5 to 4.0)</c>.</summary>
    public static string Change(Interval ratio) => For(ratio).Change(ratio);

    /// <summary>The bounds with the decimals of the whole interval: <c>-1.5 to 4.0</c>.</summary>
    public static string Bounds(Interval ratio) => For(ratio).Bounds(ratio);

    /// <summary>The size of a change without sign: <c>9.1 %</c>.</summary>
    public static string Size(Interval ratio) => For(ratio).WithUnit(Math.Abs(ratio.Estimate));

    /// <summary>Two bounds with the decimals of the larger: <c>0.1 to 13.2 %</c>.</summary>
    public static string Range(double low, double high)
    {
        var format = QuantityFormat.For(MetricUnit.Ratio, low, high);
        return $"{format.Number(low)} to {format.WithUnit(high)}";
    }

    /// <summary>A practical threshold as limits on both sides: <c>±5 %</c>.</summary>
    public static string Limits(double threshold) =>
        "±" + (threshold * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %";

    /// <summary>A probability with two significant digits.</summary>
    public static string Probability(double value) => value.ToString("G2", CultureInfo.InvariantCulture);

    private static QuantityFormat For(Interval ratio) =>
        QuantityFormat.For(MetricUnit.Ratio, ratio);
}
