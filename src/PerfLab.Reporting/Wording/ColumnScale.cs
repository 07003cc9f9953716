using PerfLab.Experiments;

namespace PerfLab.Reporting.Wording;

/// <summary>
/// One unit and one number of decimals for all values of a column, set as print wants it: true minus, no break before
/// the unit. The units are those of <see cref="QuantityFormat"/>, which also writes the sentences.
/// </summary>
internal sealed class ColumnScale
{
    private const char Minus = '\u2212';

    // A value far below the largest gets fewer digits rather than all others more than anyone reads.
    private const double DigitsSpread = 10;

    // An interval narrower than this (as a ratio) would vanish with one decimal of a percent.
    private const double NarrowInterval = 0.002;

    private readonly QuantityFormat _format;

    private ColumnScale(QuantityFormat format) => _format = format;

    /// <summary>Gets the unit's symbol; empty for counts.</summary>
    public string Unit => _format.Unit == "us" ? "µs" : _format.Unit;

    /// <summary>Chooses unit and decimals for a column; null and zero have no say.</summary>
    public static ColumnScale For(MetricUnit unit, IEnumerable<double?> values)
    {
        var magnitudes = values
            .Where(value => value is { } number && number != 0 && double.IsFinite(number))
            .Select(value => Math.Abs(value!.Value))
            .ToArray();
        double? guide = magnitudes.Length == 0 ? null : Math.Max(magnitudes.Min(), magnitudes.Max() / DigitsSpread);
        return new ColumnScale(QuantityFormat.For(unit, unit == MetricUnit.Count && guide < 1 ? 1 : guide));
    }

    /// <summary>Chooses one scale for relative changes: as many decimals as keep the narrowest interval from vanishing.</summary>
    public static ColumnScale ForChanges(IEnumerable<(double Low, double High)> intervals)
    {
        var narrowest = intervals.Select(interval => interval.High - interval.Low).Where(width => width > 0).DefaultIfEmpty(1).Min();

        // The formatter takes its decimals from a size: two of them at half a percent, one at five.
        return new ColumnScale(QuantityFormat.For(MetricUnit.Ratio, narrowest < NarrowInterval ? 0.005 : 0.05));
    }

    /// <summary>Writes a value with the unit and the decimals that it needs by itself: for the ticks of an axis.</summary>
    public static string Tick(MetricUnit unit, double value)
    {
        var scale = new ColumnScale(QuantityFormat.For(unit, value));
        var number = scale.Number(value);
        var trimmed = number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;
        return scale.WithSymbol(trimmed);
    }

    /// <summary>Formats a value without its unit.</summary>
    public string Number(double value) => Typeset(_format.Number(value));

    /// <summary>Formats a value with its sign; zero has none.</summary>
    public string Signed(double value) => Typeset(_format.NumberWithSign(value));

    /// <summary>Formats a value with its unit.</summary>
    public string WithUnit(double value) => WithSymbol(Number(value));

    /// <summary>Formats a value with its sign and unit.</summary>
    public string SignedWithUnit(double value) => WithSymbol(Signed(value));

    private static string Typeset(string number) => number.Replace('-', Minus);

    private string WithSymbol(string number) => Unit.Length == 0 ? number : number + "\u00a0" + Unit;
}
