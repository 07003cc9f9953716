using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.LoadTests;

/// <summary>Response time and service time of a load test by percentile; where they part, requests waited to be sent.</summary>
internal sealed class LoadSpectrumChart : IChart
{
    private const double FirstPercentile = 50;

    private readonly LoadTestRecord _record;
    private readonly IReadOnlyList<PercentileCurve> _curves;

    /// <summary>Makes the chart of a record for which <see cref="CanShow"/> holds.</summary>
    public LoadSpectrumChart(LoadTestRecord record)
    {
        _record = record;
        _curves =
        [
            .. CurveOf("response time, from the intended start", record.ResponseTime, new LegendKey(ChartPalette.Series[0], MarkerShape.FilledCircle, 2)),
            .. CurveOf("service time, from the send", record.ServiceTime, new LegendKey(ChartPalette.Muted, MarkerShape.OpenCircle, 1.5f)),
        ];
    }

    public string Stem => "spectrum";

    public string Title => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"99 of 100 requests are answered within {Show(99)} at {_record.AchievedPerSecond:#,0} requests per second");

    public string Description => $"{DisplayText.Clean(_record.Setting.Url)}: response time p50 {Show(50)}, p99 {Show(99)}.";

    public string Caption => "Both axes are logarithmic: each further nine has the same room.";

    /// <summary>Tells whether there is anything to draw.</summary>
    public static bool CanShow(LoadTestRecord record) =>
        CurveOf(string.Empty, record.ResponseTime, new LegendKey(ChartPalette.Ink, MarkerShape.None, 1)).Length > 0;

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame) => PercentilePlot.Draw(frame, Title, _curves);

    private static PercentileCurve[] CurveOf(string name, LatencySummary? summary, LegendKey key)
    {
        var points = summary is null ? [] : PercentileCurve.Drawable(summary.Spectrum, FirstPercentile, SpectrumLimit.Of(summary));

        // One point is no curve.
        return points.Count < 2 ? [] : [new PercentileCurve(name, points, key)];
    }

    private string Show(double percentile)
    {
        var seconds = _record.ResponseTime!.Spectrum.First(point => point.Percentile.Equals(percentile)).Seconds;
        return QuantityFormat.ForColumn(MetricUnit.Seconds, [seconds]).WithUnit(seconds);
    }
}
