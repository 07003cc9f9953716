using System.Diagnostics;
using System.Net;
using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace PerfLab.MicroBenchmarks;

/// <summary>
/// Exporting a batch of 512 spans by the SDK's own exporter: into a client that drops the request (serialization alone), the same
/// compressed, and over loopback to a receiver in a process of its own that answers at once.
/// </summary>
internal static class ExporterLayers
{
    private const int Batch = 512;
    private const string Typical = "serialize/5-attributes";

    // Older versions of the exporter do not compress, and do not compile with the property's name.
    private static readonly PropertyInfo? s_compression = typeof(OtlpExporterOptions).GetProperty("Compression");

    /// <summary>Gets the layers.</summary>
    public static IReadOnlyList<Layer> All { get; } =
    [
        .. new[] { 0, 5, 20, 64 }.Select(count => Of($"serialize/{count}-attributes", Layer.Nothing, () => Serialize(count, compression: null))),
        .. s_compression is null ? [] : new[] { Of("gzip/5-attributes", Typical, () => Serialize(5, "GZip")) },
        Of("export/http", Typical, () => Send(OtlpExportProtocol.HttpProtobuf)) with { AllocationTolerance = 0.1 },
        Of("export/grpc", Typical, () => Send(OtlpExportProtocol.Grpc)) with { AllocationTolerance = 0.1 },
    ];

    private static Layer Of(string name, string over, Func<LayerOperation> create) => new(name, over, create) { Units = Batch };

    private static LayerOperation Serialize(int attributes, string? compression)
    {
        var options = new OtlpExporterOptions
        {
            Protocol = OtlpExportProtocol.HttpProtobuf,
            Endpoint = new Uri("http://127.0.0.1:4318/v1/traces"),
            HttpClientFactory = static () => new HttpClient(new DroppingHandler()),
        };
        if (compression is not null)
        {
            s_compression!.SetValue(options, Enum.Parse(Nullable.GetUnderlyingType(s_compression.PropertyType) ?? s_compression.PropertyType, compression));
        }

        return Export(new OtlpTraceExporter(options), attributes);
    }

    private static LayerOperation Send(OtlpExportProtocol protocol)
    {
        var receiver = NullReceiver.Start();
        var exporter = new OtlpTraceExporter(new OtlpExporterOptions
        {
            Protocol = protocol,
            Endpoint = protocol == OtlpExportProtocol.Grpc ? receiver.Grpc : new Uri(receiver.Http, "/v1/traces"),
        });
        return Export(exporter, 5, receiver);
    }

    private static LayerOperation Export(OtlpTraceExporter exporter, int attributes, params IReadOnlyList<IDisposable> owned)
    {
        var spans = Spans(attributes);
        return new LayerOperation(
            () =>
            {
                if (exporter.Export(new Batch<Activity>(spans, spans.Length)) != ExportResult.Success)
                {
                    throw new InvalidOperationException("The exporter did not succeed: what was measured is no export.");
                }
            },
            [exporter, .. owned]);
    }

    private static Activity[] Spans(int attributes)
    {
        using var source = new ActivitySource("PerfLab.MicroBenchmarks.Batch");
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).SetSampler(new AlwaysOnSampler()).Build();
        return [.. Enumerable.Range(0, Batch).Select(_ =>
        {
            using var span = source.StartActivity("operation")!;
            for (var number = 1; number <= attributes; number++)
            {
                span.SetTag($"shop.fact.{number:00}", "16 characters...");
            }

            return span;
        })];
    }

    /// <summary>Answers as a receiver would, and sends the body nowhere.</summary>
    private sealed class DroppingHandler : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // The body is compressed while it is written.
            request.Content!.CopyTo(Stream.Null, null, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));
    }
}
