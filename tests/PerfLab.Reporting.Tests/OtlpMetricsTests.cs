using System.Text.Json;
using PerfLab.Analysis.Tests;
using PerfLab.Experiments;
using PerfLab.Reporting.Interchange;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

/// <summary>The metrics for OpenTelemetry, read as the specification writes them in JSON.</summary>
public sealed class OtlpMetricsTests
{
    [Fact]
    public void A_run_is_one_resource_with_gauges_of_the_time_at_which_it_ended()
    {
        var (analysis, outcome) = ReferenceAnalysis.Of(ReferenceReports.Sampling);

        var metrics = OtlpMetrics.Of(RunFigures.From(analysis, outcome));

        using var json = JsonDocument.Parse(metrics.Json);
        var resource = json.RootElement.GetProperty("resourceMetrics").EnumerateArray().Single();
        Assert.Equal(
            [("service.name", "perflab"), ("service.version", analysis.Manifest.ToolVersion), ("service.instance.id", ReferenceReports.Sampling)],
            Attributes(resource.GetProperty("resource")));
        var points = Points(resource);
        Assert.Equal(metrics.PointCount, points.Count);
        var cpu = analysis.Arms.Single(arm => arm.Name == "always-on").Get(MetricId.Cpu);
        var low = points.Single(point => point.Name == "perflab.change.low" && point.Attributes.Contains(("arm", "always-on")) && point.Attributes.Contains(("metric", "cpu")));
        Assert.Equal(("1", cpu.Ratio!.Low), (low.Unit, low.Value));
        Assert.Contains(("verdict", "slower"), low.Attributes);
        Assert.All(points.Where(point => point.Name.StartsWith("perflab.cpu.", StringComparison.Ordinal)), point => Assert.Equal("s", point.Unit));

        // A float of 64 bits has no whole nanoseconds of our days; a string has.
        var ended = analysis.Manifest.StartedUtc.AddSeconds(outcome!.DurationSeconds);
        Assert.All(points, point => Assert.Equal($"{(ended - DateTimeOffset.UnixEpoch).Ticks}00", point.Time));
    }

    [Fact]
    public void Names_are_those_that_Prometheus_makes_of_them()
    {
        var figures = RunFigures.From(new SyntheticRun().Analysis(), null);
        using var json = JsonDocument.Parse(OtlpMetrics.Of(figures).Json);

        // OpenTelemetry specification, "Prometheus and OpenMetrics Compatibility": dots become underscores, units words, 1 a ratio.
        var translated = Points(json.RootElement.GetProperty("resourceMetrics")[0]).Select(point => point.Name.Replace('.', '_') + point.Unit switch
        {
            "s" => "_seconds",
            "By" when !point.Name.Contains("_bytes", StringComparison.Ordinal) => "_bytes",
            "1" => "_ratio",
            _ => string.Empty,
        });

        Assert.Equal(
            PrometheusText.Write(figures).Split('\n').Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]),
            translated.Distinct());
    }

    [Fact]
    public void Hostile_names_stay_attribute_values()
    {
        var metrics = OtlpMetrics.Of(RunFigures.From(HostileRun.Create().Analysis(), null));

        using var json = JsonDocument.Parse(metrics.Json);
        var arms = Points(json.RootElement.GetProperty("resourceMetrics")[0]).Where(point => point.Name == "perflab.cpu.value").Select(point => point.Attributes.Single(attribute => attribute.Key == "arm").Value);
        Assert.Equal(HostileRun.Names.Select(name => name.Replace('\ud800', '\ufffd')), arms);
    }

    private static IReadOnlyList<Point> Points(JsonElement resource) =>
    [
        .. from scope in resource.GetProperty("scopeMetrics").EnumerateArray()
           from metric in scope.GetProperty("metrics").EnumerateArray()
           from point in metric.GetProperty("gauge").GetProperty("dataPoints").EnumerateArray()
           select new Point(metric.GetProperty("name").GetString()!, metric.GetProperty("unit").GetString()!, point.GetProperty("timeUnixNano").GetString()!, point.GetProperty("asDouble").GetDouble(), Attributes(point)),
    ];

    private static IReadOnlyList<(string Key, string Value)> Attributes(JsonElement owner) =>
        [.. owner.GetProperty("attributes").EnumerateArray().Select(attribute => (attribute.GetProperty("key").GetString()!, attribute.GetProperty("value").GetProperty("stringValue").GetString()!))];

    private sealed record Point(string Name, string Unit, string Time, double Value, IReadOnlyList<(string Key, string Value)> Attributes);
}
