using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Interchange;

/// <summary>The figures of a run as an ExportMetricsServiceRequest of OTLP in JSON (OTLP specification, "JSON Protobuf Encoding").</summary>
/// <param name="Json">The request.</param>
/// <param name="PointCount">How many points it has.</param>
public sealed record OtlpMetrics(string Json, int PointCount)
{
    private const string Service = "perflab";

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the request. Every point has the time at which the run ended.</summary>
    public static OtlpMetrics Of(RunFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var families = GaugeFamily.Of(figures);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceMetrics");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            WriteAttributes(json, [new("service.name", Service), new("service.version", figures.ToolVersion), new("service.instance.id", figures.Run)]);
            json.WriteEndObject();
            json.WriteStartArray("scopeMetrics");
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", Service);
            json.WriteString("version", figures.ToolVersion);
            json.WriteEndObject();
            json.WriteStartArray("metrics");
            foreach (var family in families)
            {
                Write(json, family, figures.MeasuredUtc);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new OtlpMetrics(Encoding.UTF8.GetString(buffer.ToArray()), families.Sum(family => family.Points.Count));
    }

    private static void Write(Utf8JsonWriter json, GaugeFamily family, DateTimeOffset time)
    {
        json.WriteStartObject();
        json.WriteString("name", family.Name);
        json.WriteString("description", family.Description);
        json.WriteString("unit", family.Unit switch
        {
            MetricUnit.Seconds => "s",
            MetricUnit.Bytes => "By",
            MetricUnit.Ratio => "1",
            _ => string.Empty,
        });
        json.WriteStartObject("gauge");
        json.WriteStartArray("dataPoints");
        foreach (var point in family.Points)
        {
            json.WriteStartObject();
            WriteAttributes(json, point.Attributes);

            // 64-bit numbers are strings there.
            json.WriteString("timeUnixNano", ((time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("asDouble", point.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        json.WriteStartArray("attributes");
        foreach (var (key, value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
