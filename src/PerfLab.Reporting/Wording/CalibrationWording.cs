using PerfLab.Analysis;
using PerfLab.Analysis.Calibration;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Wording;

/// <summary>What a series of known costs showed, in words and figures.</summary>
internal static class CalibrationWording
{
    /// <summary>Names a kind of cost.</summary>
    public static string NameOf(KnownCostKind kind) => kind switch
    {
        KnownCostKind.Cpu => "CPU of each request",
        KnownCostKind.Bytes => "Bytes of each request",
        KnownCostKind.Delay => "Waiting of each request",
        KnownCostKind.CpuBursts => "CPU in bursts",
        KnownCostKind.ByteBursts => "Bytes in bursts",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of cost has no name. Give it one."),
    };

    /// <summary>Says a slope with its interval, without a unit: <c>1.01 (0.98 to 1.04)</c>.</summary>
    public static string Slope(Interval slope) =>
        FormattableString.Invariant($"{slope.Estimate:0.000} ({slope.Low:0.000} to {slope.High:0.000})");

    /// <summary>Says the outcome in a word, with a sign that stands without colour.</summary>
    public static string Outcome(CalibrationOutcome outcome) => outcome switch
    {
        CalibrationOutcome.Right => "✓ right",
        CalibrationOutcome.Wrong => "✕ wrong",
        _ => "? not decided",
    };

    /// <summary>Chooses one scale for everything of a series.</summary>
    public static QuantityFormat ScaleOf(CalibrationSeries series) =>
        QuantityFormat.ForColumn(UnitOf(series), series.Points.SelectMany(point => new double?[] { point.Injected, point.Measured.Low, point.Measured.High }));

    /// <summary>Gets the unit of injected and measured.</summary>
    public static MetricUnit UnitOf(CalibrationSeries series) => MetricCatalog.Get(series.Metric).Unit;
}
