using System.Globalization;
using PerfLab.Experiments.Metrics;

namespace PerfLab.Reporting.Formatting;

/// <summary>One unit and one number of decimals for all values of a column, so that they compare at a glance.</summary>
internal sealed class ColumnScale
{
    private const char Minus = '\u2212';

    // A value far below the largest must not force a unit in which all others become unreadably long.
    private const double WidestSpread = 200;

    private static readonly (double Divisor, string Symbol)[] Seconds = [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];
    private static readonly (double Divisor, string Symbol)[] Bytes = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B")];

    private readonly double _divisor;
    private readonly int _decimals;

    private ColumnScale(double divisor, string unit, int decimals)
    {
        _divisor = divisor;
        _decimals = decimals;
        Unit = unit;
    }

    /// <summary>Gets the unit's symbol; empty for counts.</summary>
    public string Unit { get; }

    /// <summary>Chooses unit and decimals for a column; null and zero have no say.</summary>
    public static ColumnScale For(MetricUnit unit, IEnumerable<double?> values)
    {
        var magnitudes = values
            .Where(value => value is { } number && number != 0 && double.IsFinite(number))
            .Select(value => Math.Abs(value!.Value))
            .ToArray();
        double? guide = magnitudes.Length == 0 ? null : Math.Max(magnitudes.Min(), magnitudes.Max() / WidestSpread);
        var (divisor, symbol) = unit switch
        {
            MetricUnit.Seconds => Fitting(Seconds, guide ?? 1),
            MetricUnit.Bytes => Fitting(Bytes, guide ?? 1),
            MetricUnit.Ratio => (0.01, "%"),
            _ => (1, string.Empty),
        };
        return new ColumnScale(divisor, symbol, Decimals(guide / divisor, magnitudes.DefaultIfEmpty(0).Max() / divisor));
    }

    /// <summary>Chooses one scale for relative changes: enough decimals that the narrowest interval does not vanish.</summary>
    public static ColumnScale ForChanges(IEnumerable<(double Low, double High)> intervals)
    {
        var narrowest = intervals.Select(interval => interval.High - interval.Low).Where(width => width > 0).DefaultIfEmpty(1).Min();
        return new ColumnScale(0.01, "%", narrowest < 0.002 ? 2 : 1);
    }

    /// <summary>Formats a value without its unit.</summary>
    public string Number(double value) => Text(value, withPlus: false);

    /// <summary>Formats a value with its sign; zero has none.</summary>
    public string Signed(double value) => Text(value, withPlus: true);

    /// <summary>Formats a value with its unit.</summary>
    public string WithUnit(double value) => Unit.Length == 0 ? Number(value) : Number(value) + "\u00a0" + Unit;

    /// <summary>Formats a value with its sign and unit.</summary>
    public string SignedWithUnit(double value) => Unit.Length == 0 ? Signed(value) : Signed(value) + "\u00a0" + Unit;

    /// <summary>Formats a value without its unit and with no more decimals than it needs: for the ticks of an axis.</summary>
    public string Short(double value)
    {
        var shown = value / _divisor;
        var rounded = shown == 0 ? 0 : Math.Round(shown, Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(shown))), 0, 15));
        var digits = Math.Abs(rounded).ToString("#,##0.######", CultureInfo.InvariantCulture);
        return rounded < 0 ? Minus + digits : digits;
    }

    private static (double Divisor, string Symbol) Fitting((double Divisor, string Symbol)[] fromLarge, double guide)
    {
        var found = Array.Find(fromLarge, scale => guide >= scale.Divisor);
        return found.Symbol is null ? fromLarge[^1] : found;
    }

    // Three digits for the value that chose the unit, but no more than four for the largest.
    private static int Decimals(double? guide, double largest) => (guide, largest) switch
    {
        (null or >= 100, _) or (_, >= 1000) => 0,
        (>= 10, _) or (_, >= 100) => 1,
        _ => 2,
    };

    private string Text(double value, bool withPlus)
    {
        // Rounded first: what rounds to zero must lose its sign.
        var rounded = Math.Round(value / _divisor, _decimals, MidpointRounding.AwayFromZero);
        var digits = Math.Abs(rounded).ToString("N" + _decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded < 0 ? Minus + digits : withPlus && rounded > 0 ? "+" + digits : digits;
    }
}
