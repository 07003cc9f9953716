using System.Diagnostics;
using System.Net;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using Shop.Settings;

namespace Shop.Tracing;

/// <summary>Ends the path of a span where <c>SHOP_SPAN_PATH</c> says, so that what each step costs can be measured.</summary>
internal static class SpanPath
{
    /// <summary>Adds what takes spans that have ended: the exporters of the settings, or a shorter path.</summary>
    /// <param name="tracing">The tracing to add to.</param>
    /// <param name="settings">What the environment asks for.</param>
    public static TracerProviderBuilder AddEnd(this TracerProviderBuilder tracing, TracingSettings settings) => settings.EndsAfter switch
    {
        PathStep.Recording => tracing,
        PathStep.Processor => tracing.AddProcessor(new NullProcessor()),
        PathStep.Batch => tracing.AddProcessor(_ => ExporterRegistration.Batch(new NullExporter())),
        PathStep.Serialization => tracing.AddProcessor(_ => ExporterRegistration.Batch(Dropping(settings))),
        _ => tracing.AddExporters(settings),
    };

    private static OtlpTraceExporter Dropping(TracingSettings settings)
    {
        var options = new OtlpExporterOptions();
        settings.Otlp.Apply(options);

        // The SDK takes a client of ours for this protocol only. The messages are the same.
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.HttpClientFactory = static () => new HttpClient(new DroppingHandler());
        return new OtlpTraceExporter(options);
    }

    private sealed class NullProcessor : BaseProcessor<Activity>;

    private sealed class NullExporter : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch) => ExportResult.Success;
    }

    /// <summary>Takes the body, which is compressed while it is written, and answers without sending anything.</summary>
    private sealed class DroppingHandler : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content?.CopyTo(Stream.Null, null, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));
    }
}
