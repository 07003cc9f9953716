using PerfLab.Analysis;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;
using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>Response time by percentile, one curve for each arm.</summary>
internal sealed class LatencyChart : IChart
{
    // Below the median nothing is at stake; beyond p99.9 a launch set of ordinary length has single requests only.
    private const double FirstPercentile = 50;
    private const double LastPercentile = 99.9;

    // Of a curve of many points, those that people speak of.
    private static readonly double[] s_landmarks = [50, 75, 90, 95, 99, 99.9];

    private readonly IReadOnlyList<PercentileCurve> _curves;
    private readonly string _caveat;

    /// <summary>Makes the chart from the arms that have a curve; at least one must.</summary>
    public LatencyChart(string stem, string caveat, IReadOnlyList<ArmAnalysis> arms)
    {
        _caveat = caveat;
        Stem = stem;
        var variant = 0;
        _curves = [.. arms.Select(arm => Style(arm, arm.Role == ArmRole.Variant ? variant++ : 0)).Where(curve => curve.Points.Count > 0)];
    }

    /// <summary>Gets from when on response times count, behind the words "Response time".</summary>
    public required string Origin { get; init; }

    public string Stem { get; }

    public string Title => _caveat + (At(99) is { Count: > 0 } p99
        ? $"99 of 100 requests are answered within {Range(p99)}"
        : $"Half of the requests are answered within {Range(At(50))}");

    public string Description => string.Join("; ", _curves.Select(curve => $"{curve.Name}: {Words(curve)}")) + ".";

    public string Caption => $"Response time {Origin}; each point is the median over the launch sets. Both axes are logarithmic: each further nine has the same room.";

    public ReportSection Table
    {
        get
        {
            var points = _curves.SelectMany(curve => curve.Points).Where(point => s_landmarks.Contains(point.Percentile)).ToArray();
            double[] percentiles = [.. points.Select(point => point.Percentile).Distinct().Order()];
            var scale = QuantityFormat.ForColumn(MetricUnit.Seconds, points.Select(point => (double?)point.Seconds));
            return new ReportSection(
                $"{Stem}-table",
                Title,
                Caption,
                ["Arm", .. percentiles.Select(percentile => $"p{DisplayText.Plain(percentile)}, {scale.Unit}")],
                [.. _curves.Select(curve => (IReadOnlyList<string>)[curve.Name, .. percentiles.Select(percentile => curve.Points.FirstOrDefault(point => point.Percentile.Equals(percentile)) is { } point ? scale.Number(point.Seconds) : "–")])]);
        }
    }

    /// <summary>Tells whether an arm has a curve to draw.</summary>
    public static bool CanShow(ArmAnalysis arm) => Drawable(arm).Count > 0;

    public (Plot Plot, int HeightPixels) Draw(ChartFrame frame) => PercentilePlot.Draw(frame, Title, _curves);

    private static IReadOnlyList<PercentilePoint> Drawable(ArmAnalysis arm) => PercentileCurve.Drawable(arm.LatencyCurve, FirstPercentile, LastPercentile);

    private static PercentileCurve Style(ArmAnalysis arm, int variant)
    {
        var key = arm.Role switch
        {
            ArmRole.Baseline => new LegendKey(ChartPalette.Ink, MarkerShape.None, 3),
            ArmRole.Control => new LegendKey(ChartPalette.Muted, MarkerShape.OpenCircle, 1.5f),
            _ => LegendKey.OfVariant(variant, 1.75f),
        };
        return new PercentileCurve(Name(arm), Drawable(arm), key);
    }

    private static string Name(ArmAnalysis arm) =>
        ArmLabel.For(arm.Role) is { } mark ? $"{DisplayText.Clean(arm.Name)} ({mark})" : DisplayText.Clean(arm.Name);

    private static string Words(PercentileCurve curve)
    {
        var points = curve.Points.Where(point => point.Percentile is 50 or 99).ToArray();
        var scale = QuantityFormat.ForColumn(MetricUnit.Seconds, points.Select(point => (double?)point.Seconds));
        return points.Length == 0 ? "no landmark" : string.Join(", ", points.Select(point => $"p{DisplayText.Plain(point.Percentile)} {scale.WithUnit(point.Seconds)}"));
    }

    private static string Range(IReadOnlyList<double> seconds)
    {
        if (seconds.Count == 0)
        {
            return "an unknown time";
        }

        var scale = QuantityFormat.ForColumn(MetricUnit.Seconds, [seconds.Min(), seconds.Max()]);
        var (low, high) = (scale.Number(seconds.Min()), scale.WithUnit(seconds.Max()));
        return scale.WithUnit(seconds.Min()) == high ? high : $"{low} to {high}";
    }

    private IReadOnlyList<double> At(double percentile) =>
        [.. _curves.SelectMany(curve => curve.Points).Where(point => point.Percentile.Equals(percentile)).Select(point => point.Seconds)];
}
