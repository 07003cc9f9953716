using PerfLab.Analysis;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Interchange;

/// <summary>A gauge with its points: what a run says to back ends of metrics.</summary>
/// <param name="Name">By the naming rules of OpenTelemetry, for example <c>perflab.cpu.value</c>. A name never changes its meaning.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Points">The points, of which no two have the same attributes.</param>
internal sealed record GaugeFamily(string Name, MetricUnit Unit, string Description, IReadOnlyList<GaugePoint> Points)
{
    private const string Prefix = "perflab.";

    /// <summary>Gets all gauges of a run that have a point.</summary>
    public static IReadOnlyList<GaugeFamily> Of(RunFigures run)
    {
        Comparison[] all = [.. from load in run.Loads from arm in load.Arms from metric in arm.Metrics select new Comparison(run, load, arm, metric)];
        return
        [
            .. new[] { Info(run), LaunchSets(run) }
                .Concat(MetricCatalog.All.SelectMany(metric => OfMetric(metric, [.. all.Where(comparison => comparison.Metric.Definition.Id == metric.Id)])))
                .Concat(OfChange(all))
                .Where(family => family.Points.Count > 0),
        ];
    }

    private static GaugeFamily Info(RunFigures run) => new(Prefix + "run.info", MetricUnit.Unknown, "Always 1; what is known of the run stands in the attributes.",
    [
        new(
            [
                .. Identity(run), new("trust", FigureText.Word(run.Trust)), new("machine", run.Machine), new("version", run.ToolVersion),
                .. run.Commit is { } commit ? [new KeyValuePair<string, string>("commit", commit)] : Array.Empty<KeyValuePair<string, string>>(),
            ],
            1),
    ]);

    private static GaugeFamily LaunchSets(RunFigures run) => new(Prefix + "launch_sets", MetricUnit.Count, "Launch sets that the numbers rest on.",
        [.. run.Loads.Select(load => new GaugePoint([.. Identity(run), new("load", load.Name)], load.Load.LaunchSets))]);

    private static IEnumerable<GaugeFamily> OfMetric(MetricDefinition metric, Comparison[] own)
    {
        var name = $"{Prefix}{metric.Key}.";
        yield return new GaugeFamily(name + "value", metric.Unit, $"{metric.Title}: the median over launch sets.", PointsOf(own, summary => summary.Value, isJudged: false));
        foreach (var (end, what, bound) in Bounds($"{metric.Title}: the absolute change from the baseline"))
        {
            yield return new GaugeFamily($"{name}difference.{end}", metric.Unit, what, PointsOf(own, summary => summary.Difference is { } interval ? bound(interval) : null));
        }
    }

    private static IEnumerable<GaugeFamily> OfChange(Comparison[] all)
    {
        foreach (var (end, what, bound) in Bounds("The relative change from the baseline"))
        {
            yield return new GaugeFamily($"{Prefix}change.{end}", MetricUnit.Ratio, what, PointsOf(all, summary => summary.Ratio is { } interval ? bound(interval) : null));
        }

        yield return new GaugeFamily(Prefix + "change.threshold", MetricUnit.Ratio, "The practical threshold that the verdict used.", PointsOf(all, summary => summary.Ratio is null ? null : summary.PracticalThreshold, isJudged: false));
    }

    private static (string End, string What, Func<Interval, double> Bound)[] Bounds(string what) =>
    [
        ("estimate", $"{what}, estimate.", interval => interval.Estimate),
        ("low", $"{what}, lower bound of its confidence interval.", interval => interval.Low),
        ("high", $"{what}, upper bound of its confidence interval.", interval => interval.High),
    ];

    private static GaugePoint[] PointsOf(Comparison[] comparisons, Func<MetricSummary, double?> valueOf, bool isJudged = true) =>
    [
        .. from comparison in comparisons
           let value = valueOf(comparison.Metric.Summary)
           where value is { } number && double.IsFinite(number)
           select new GaugePoint(
               [
                   .. Identity(comparison.Run), new("load", comparison.Load.Name), new("arm", comparison.Arm.Name), new("role", FigureText.Word(comparison.Arm.Role)), new("metric", comparison.Metric.Summary.Metric),
                   .. isJudged && comparison.Metric.Summary.Verdict is { } verdict ? [new KeyValuePair<string, string>("verdict", FigureText.Word(verdict))] : Array.Empty<KeyValuePair<string, string>>(),
               ],
               value.Value),
    ];

    private static KeyValuePair<string, string>[] Identity(RunFigures run) => [new("run", run.Run), new("scenario", run.Scenario)];

    private sealed record Comparison(RunFigures Run, LoadFigures Load, ArmFigures Arm, MetricFigure Metric);
}

/// <summary>A point of a gauge.</summary>
/// <param name="Attributes">Names in lower case, and what they say; at least one.</param>
/// <param name="Value">A finite number in the gauge's unit.</param>
internal sealed record GaugePoint(IReadOnlyList<KeyValuePair<string, string>> Attributes, double Value);
