using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Calibration;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;
using PerfLab.Statistics;

namespace PerfLab.Reporting.Content;

/// <summary>What a run with known costs says of the measuring itself: what was put in and what was found.</summary>
internal static class CalibrationSection
{
    private const string Nothing = "–";

    /// <summary>Composes the table of slopes.</summary>
    public static ReportSection Slopes(IReadOnlyList<CalibrationSeries> calibration)
    {
        var covered = calibration.Sum(series => series.Points.Count(point => point.IsCovered));
        var points = calibration.Sum(series => series.Points.Count);
        return new ReportSection(
            "calibration",
            "What was put in, and what was found",
            $"Costs of known size were put into the target and measured as if unknown. A slope of 1 finds all of them and nothing else; the offset is what would be found where nothing was put in. {covered} of {points} intervals hold the size that was put in. Intervals of one launch set's arms share its baseline, so they miss together.",
            ["Cost", "Sizes", "Slope", "Offset", "Within", "Verdict"],
            [.. calibration.Select(Row)]);
    }

    /// <summary>Composes the table of all sizes.</summary>
    public static ReportSection Sizes(IReadOnlyList<CalibrationSeries> calibration) => new(
        "calibration-sizes",
        "Size by size",
        "Per request, against the arm named. Covered: the interval holds what was put in.",
        ["Arm", "Against", "Put in", "Found", "Interval", "Covered"],
        [.. calibration.SelectMany(series => series.Points.Select(point => Row(series, point)))]);

    private static IReadOnlyList<string> Row(CalibrationSeries series) =>
    [
        CalibrationWording.NameOf(series.Kind),
        DisplayText.Count(series.Points.Count),
        series.Slope is { } slope ? CalibrationWording.Slope(slope) : Nothing,
        series.Offset is { } offset ? Offset(series, offset) : Nothing,
        "±" + MetricColumnFormat.Percent(series.Tolerance),
        CalibrationWording.Outcome(series.Outcome),
    ];

    private static string Offset(CalibrationSeries series, Interval offset)
    {
        var scale = CalibrationWording.ScaleOf(series);
        return $"{scale.SignedWithUnit(offset.Estimate)} ({scale.NumberWithSign(offset.Low)} to {scale.NumberWithSign(offset.High)})";
    }

    private static IReadOnlyList<string> Row(CalibrationSeries series, CalibrationPoint point)
    {
        var scale = CalibrationWording.ScaleOf(series);
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

/// <summary>What a run of identical arms shows: how often it raises a false alarm, and what it can find.</summary>
internal static class NoiseSection
{
    private const string Nothing = "–";

    // The default of design.launch_sets in a scenario file.
    private const int DefaultLaunchSets = 12;

    /// <summary>Composes the section.</summary>
    public static ReportSection Compose(NoiseProfile profile) => new(
        "noise",
        "What identical arms show",
        $"{DisplayText.Count(profile.Arms)} arms that differ in nothing, in {DisplayText.Counted(profile.LaunchSets, "launch set")}. "
            + $"{DisplayText.Counted(profile.Comparisons, "comparison")} of {DisplayText.Count(profile.ComparisonLaunchSets)} launch sets each, made of pairs without an arm in common, so that each is independent of the others. "
            + $"An interval without zero is a false alarm: {MetricColumnFormat.Percent(profile.AllowedFalseAlarmRatio)} of them are allowed, and behind their count stands the 95 % interval of their probability. "
            + $"Beyond: the whole interval beyond the practical threshold. Spread: standard deviation of the ratio of two arms, from launch set to launch set. Last, the change that {DefaultLaunchSets} launch sets find four times in five.",
        ["Metric", "False alarms", "Probability", "Beyond", "Spread", $"{DefaultLaunchSets} find"],
        [.. profile.Metrics.Select(Row)]);

    private static IReadOnlyList<string> Row(MetricNoise noise) =>
    [
        MetricCatalog.Get(noise.Metric).Title,
        noise.Comparisons == 0 ? Nothing : $"{DisplayText.Count(noise.FalseAlarms)} of {DisplayText.Count(noise.Comparisons)}",
        noise is { FalseAlarmRatioLow: { } low, FalseAlarmRatioHigh: { } high } ? $"{Number(low)} to {Percent(high)}" : Nothing,
        noise.Comparisons == 0 ? Nothing : DisplayText.Count(noise.BeyondThreshold),
        noise.SpreadRatio is { } spread ? Percent(spread) : Nothing,
        noise.SpreadRatio is { } deviation && SignedRankPower.DetectableEffect(DefaultLaunchSets, deviation) is { } effect ? Percent(Math.Exp(effect) - 1) : Nothing,
    ];

    private static string Percent(double ratio) => Number(ratio) + "\u00a0%";

    private static string Number(double ratio) => (ratio * 100).ToString(ratio is > 0 and < 0.01 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
