using PerfLab.Analysis;
using PerfLab.Analysis.Calibration;
using PerfLab.Experiments.Metrics;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>What a series of known costs showed, in words and figures.</summary>
internal static class CalibrationText
{
    /// <summary>Names a kind of cost.</summary>
    public static string NameOf(HandicapKind kind) => kind switch
    {
        HandicapKind.Cpu => "CPU of each request",
        HandicapKind.Bytes => "Bytes of each request",
        HandicapKind.Delay => "Waiting of each request",
        HandicapKind.CpuBursts => "CPU in bursts",
        HandicapKind.ByteBursts => "Bytes in bursts",
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
    public static ColumnScale ScaleOf(CalibrationSeries series) =>
        ColumnScale.For(UnitOf(series), series.Points.SelectMany(point => new double?[] { point.Injected, point.Measured.Low, point.Measured.High }));

    /// <summary>Gets the unit of injected and measured.</summary>
    public static MetricUnit UnitOf(CalibrationSeries series) => MetricCatalogue.Get(series.Metric).Unit;
}
