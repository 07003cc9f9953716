using PerfLab.Analysis;
using PerfLab.Analysis.Calibration;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>CPU that is found in its right size, and bursts of which a tenth is lost.</summary>
internal static class SyntheticCalibration
{
    public static IReadOnlyList<CalibrationSeries> Two { get; } =
    [
        Series(KnownCostKind.Cpu, 1.01, CalibrationOutcome.Right, isCovered: true),
        Series(KnownCostKind.CpuBursts, 0.9, CalibrationOutcome.Wrong, isCovered: false),
    ];

    private static CalibrationSeries Series(KnownCostKind kind, double slope, CalibrationOutcome outcome, bool isCovered) => new()
    {
        Kind = kind,
        Metric = MetricId.Cpu,
        Reference = "off",
        Points = [.. new[] { 20e-6, 100e-6, 250e-6 }.Select(size => new CalibrationPoint($"cpu-{size * 1e6:0}", size, Around(size * slope, 4e-6), isCovered))],
        Slope = Around(slope, 0.03),
        Offset = Around(1e-6, 3e-6),
        Tolerance = 0.05,
        Outcome = outcome,
    };

    private static Interval Around(double value, double half) => new(value, value - half, value + half, 0.96);
}
