using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Wording;

/// <summary>
/// Turns stored values into text for a reader: one unit and one number of decimals for all values of a row or column, so that
/// they can be compared at a glance. Always the invariant culture. Seconds become s, ms, µs or ns; bytes become B, kB, MB or GB
/// (powers of 1000); ratios become percent. Figures of a column are set as print wants them: a true minus, and no break before
/// the unit; sentences keep the characters of a keyboard, so that they can be searched for.
/// </summary>
public sealed class QuantityFormat
{
    private const char Minus = '\u2212';
    private const char NoBreak = '\u00a0';

    // A value far below the largest gets fewer digits rather than all others more than anyone reads.
    private const double DigitsSpread = 10;

    // An interval narrower than this (as a ratio) would vanish with one decimal of a percent.
    private const double NarrowInterval = 0.002;

    private readonly double _divisor;
    private readonly string _number;
    private readonly string _signed;
    private readonly int _decimals;
    private readonly bool _isColumn;

    private QuantityFormat(QuantityScale scale, int decimals, bool isColumn)
    {
        _divisor = scale.Divisor;
        _decimals = decimals;
        _isColumn = isColumn;
        Unit = scale.Symbol;
        var fraction = decimals == 0 ? string.Empty : "." + new string('0', decimals);
        _number = "#,##0" + fraction;
        _signed = "+" + _number + ";-" + _number + ";" + _number;
    }

    /// <summary>Gets the unit's symbol: <c>µs</c>, <c>kB</c>, <c>%</c>; empty for counts.</summary>
    public string Unit { get; }

    /// <summary>Chooses unit and decimals for the values of a sentence.</summary>
    /// <param name="unit">The unit in memory.</param>
    /// <param name="values">All values of the row; null is not measured and left out of the choice.</param>
    /// <exception cref="ArgumentOutOfRangeException">The unit is <see cref="MetricUnit.Unknown"/>.</exception>
    public static QuantityFormat For(MetricUnit unit, params IEnumerable<double?> values) => Choose(unit, isColumn: false, values);

    /// <summary>Chooses unit and decimals for an interval in a sentence.</summary>
    public static QuantityFormat For(MetricUnit unit, Interval interval) => For(unit, interval.Estimate, interval.Low, interval.High);

    /// <summary>Formats a ratio as percent with the decimals that its own size asks for: 0.091 is <c>9.1 %</c>.</summary>
    public static string Percent(double ratio) => For(MetricUnit.Ratio, ratio).WithUnit(ratio);

    /// <summary>Formats a ratio as percent with its sign: 0.091 is <c>+9.1 %</c>.</summary>
    public static string SignedPercent(double ratio) => For(MetricUnit.Ratio, ratio).SignedWithUnit(ratio);

    /// <summary>Formats a value without its unit: <c>402</c>.</summary>
    public string Number(double value) => Typeset(Scale(value).ToString(_number, CultureInfo.InvariantCulture));

    /// <summary>Formats a value with its sign and without its unit: <c>+36.5</c>; zero has no sign.</summary>
    public string NumberWithSign(double value) => Typeset(Scale(value).ToString(_signed, CultureInfo.InvariantCulture));

    /// <summary>Formats a value with its unit: <c>402 µs</c>.</summary>
    public string WithUnit(double value) => WithSymbol(Number(value));

    /// <summary>Rounds a value to the digits that are shown, to one side.</summary>
    /// <param name="value">In the unit in memory.</param>
    /// <param name="isUp">Whether upwards.</param>
    internal double Rounded(double value, bool isUp)
    {
        var step = _divisor / Math.Pow(10, _decimals);

        // A value that stands on a step must not move to the next for its last bit.
        var steps = Math.Round(value / step, 6);
        return (isUp ? Math.Ceiling(steps) : Math.Floor(steps)) * step;
    }

    /// <summary>Finds a format with which bounds are shown on the side of a limit on which they lie: with up to three decimals more.</summary>
    /// <param name="limit">In the unit in memory.</param>
    /// <param name="bounds">Likewise.</param>
    internal QuantityFormat Apart(double limit, params IReadOnlyList<double> bounds)
    {
        var format = this;
        for (var more = 0; more < 3 && bounds.Any(bound => bound != limit && Math.Sign(format.Scale(bound) - format.Scale(limit)) != Math.Sign(bound - limit)); more++)
        {
            format = new QuantityFormat(new QuantityScale(_divisor, Unit), format._decimals + 1, _isColumn);
        }

        return format;
    }

    /// <summary>Formats a value that is rounded to one side, with its unit.</summary>
    /// <param name="value">In the unit in memory.</param>
    /// <param name="isUp">Whether upwards.</param>
    internal string WithUnitRounded(double value, bool isUp) => WithUnit(Rounded(value, isUp));

    /// <summary>Formats a value with its sign and its unit: <c>+36.5 µs</c>; zero has no sign.</summary>
    public string SignedWithUnit(double value) => WithSymbol(NumberWithSign(value));

    /// <summary>Formats the bounds of an interval: <c>-1.5 to 4.0</c>.</summary>
    public string Bounds(Interval interval) => $"{Number(interval.Low)} to {Number(interval.High)}";

    /// <summary>Formats a value with its interval: <c>3.12 ms (3.04 to 3.19)</c>.</summary>
    public string Value(Interval interval) => $"{WithUnit(interval.Estimate)} ({Bounds(interval)})";

    /// <summary>Formats a change with its sign and its interval: <c>+1.2 % (-1.5 to 4.0)</c>.</summary>
    public string Change(Interval interval) => $"{SignedWithUnit(interval.Estimate)} ({Bounds(interval)})";

    /// <summary>Chooses unit and decimals for a column; null and zero have no say.</summary>
    internal static QuantityFormat ForColumn(MetricUnit unit, IEnumerable<double?> values)
    {
        var magnitudes = Magnitudes(values);
        double? guide = magnitudes.Length == 0 ? null : Math.Max(magnitudes.Min(), magnitudes.Max() / DigitsSpread);
        return Choose(unit, isColumn: true, [unit == MetricUnit.Count && guide < 1 ? 1 : guide]);
    }

    /// <summary>Chooses the decimals for a column of relative changes: as many as keep the narrowest interval from vanishing.</summary>
    internal static QuantityFormat ForChanges(IEnumerable<Interval> intervals)
    {
        var narrowest = intervals.Select(interval => interval.High - interval.Low).Where(width => width > 0).DefaultIfEmpty(1).Min();

        // The decimals follow from a size: two of them at half a percent, one at five.
        return Choose(MetricUnit.Ratio, isColumn: true, [narrowest < NarrowInterval ? 0.005 : 0.05]);
    }

    /// <summary>Writes a value with the unit and the decimals that it needs by itself: for the ticks of an axis.</summary>
    internal static string Tick(MetricUnit unit, double value)
    {
        var format = Choose(unit, isColumn: true, [value]);
        var number = format.Number(value);
        var trimmed = number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;
        return format.WithSymbol(trimmed);
    }

    private static QuantityFormat Choose(MetricUnit unit, bool isColumn, IEnumerable<double?> values)
    {
        var magnitudes = Magnitudes(values);
        double? smallest = magnitudes.Length == 0 ? null : magnitudes.Min();
        double? largest = magnitudes.Length == 0 ? null : magnitudes.Max();

        // The smallest value chooses the unit, so that none is shown as 0; but a value next to nothing (an interval that
        // ends near zero) must not blow up all others, hence the limit of a hundredth of the largest.
        var chosen = smallest is null ? null : (double?)Math.Max(smallest.Value, largest!.Value / 100);
        var scale = QuantityScale.For(unit, chosen);
        var shown = (unit == MetricUnit.Ratio ? largest : chosen) / scale.Divisor;
        return new QuantityFormat(scale, unit == MetricUnit.Ratio ? PercentDecimals(shown) : ThreeDigits(shown), isColumn);
    }

    private static double[] Magnitudes(IEnumerable<double?> values) =>
        [.. values.Where(value => value is { } number && number != 0 && double.IsFinite(number)).Select(value => Math.Abs(value!.Value))];

    private static int PercentDecimals(double? shown) => shown switch
    {
        null or >= 100 => 0,
        >= 1 => 1,
        >= 0.1 => 2,
        _ => 3,
    };

    private static int ThreeDigits(double? shown) => shown switch
    {
        null or >= 100 => 0,
        >= 10 => 1,
        >= 1 => 2,
        _ => 3,
    };

    private string Typeset(string number) => _isColumn ? number.Replace('-', Minus) : number;

    private string WithSymbol(string number) => Unit.Length == 0 ? number : number + (_isColumn ? NoBreak : ' ') + Unit;

    // Rounded first, because a value that rounds to zero must lose its sign.
    private double Scale(double value) => Math.Round(value / _divisor, _decimals, MidpointRounding.AwayFromZero) + 0.0;
}

/// <summary>A unit as shown: what a stored value is divided by, and the text behind the number.</summary>
/// <param name="Divisor">Stored value of one shown unit; 0.001 for milliseconds.</param>
/// <param name="Symbol">Text behind the number; empty for counts.</param>
internal sealed record QuantityScale(double Divisor, string Symbol)
{
    private static readonly QuantityScale[] Seconds = [new(1, "s"), new(1e-3, "ms"), new(1e-6, "µs"), new(1e-9, "ns")];

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
