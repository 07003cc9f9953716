using PerfLab.Analysis;
using PerfLab.Analysis.Calibration;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>What a run with known costs says of the measuring itself: what was put in and what was found.</summary>
internal static class CalibrationSection
{
    private const string Nothing = "–";

    /// <summary>Composes the table of slopes.</summary>
    public static ExtraSection Slopes(IReadOnlyList<CalibrationSeries> calibration)
    {
        var covered = calibration.Sum(series => series.Points.Count(point => point.IsCovered));
        var points = calibration.Sum(series => series.Points.Count);
        return new ExtraSection(
            "calibration",
            "What was put in, and what was found",
            $"Costs of known size were put into the target and measured as if unknown. A slope of 1 finds all of them and nothing else; the offset is what would be found where nothing was put in. {covered} of {points} intervals hold the size that was put in. Intervals of one launch set's arms share its baseline, so they miss together.",
            ["Cost", "Sizes", "Slope", "Offset", "Within", "Verdict"],
            [.. calibration.Select(Row)]);
    }

    /// <summary>Composes the table of all sizes.</summary>
    public static ExtraSection Sizes(IReadOnlyList<CalibrationSeries> calibration) => new(
        "calibration-sizes",
        "Size by size",
        "Per request, against the arm named. Covered: the interval holds what was put in.",
        ["Arm", "Against", "Put in", "Found", "Interval", "Covered"],
        [.. calibration.SelectMany(series => series.Points.Select(point => Row(series, point)))]);

    private static IReadOnlyList<string> Row(CalibrationSeries series) =>
    [
        CalibrationText.NameOf(series.Kind),
        DisplayText.Count(series.Points.Count),
        series.Slope is { } slope ? CalibrationText.Slope(slope) : Nothing,
        series.Offset is { } offset ? Offset(series, offset) : Nothing,
        "±" + MetricColumnFormat.Percent(series.Tolerance),
        CalibrationText.Outcome(series.Outcome),
    ];

    private static string Offset(CalibrationSeries series, Interval offset)
    {
        var scale = CalibrationText.ScaleOf(series);
        return $"{scale.SignedWithUnit(offset.Estimate)} ({scale.Signed(offset.Low)} to {scale.Signed(offset.High)})";
    }

    private static IReadOnlyList<string> Row(CalibrationSeries series, CalibrationPoint point)
    {
        var scale = CalibrationText.ScaleOf(series);
        return
        [
            point.Arm,
            series.Reference,
            scale.WithUnit(point.Injected),
            scale.WithUnit(point.Measured.Estimate),
            $"{scale.Number(point.Measured.Low)} to {scale.Number(point.Measured.High)}",
            point.IsCovered ? "yes" : "no",
        ];
    }
}
