using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PerfLab.Collector.Tests.Exporters;

/// <summary>The .NET SDK with its own OTLP exporter, batching, as a service would have it.</summary>
internal sealed class RealExporter : IDisposable
{
    private readonly ActivitySource source = new($"lab-{Guid.NewGuid():N}");
    private readonly TracerProvider provider;

    public RealExporter(OtlpReceiver receiver, string arm, OtlpExportProtocol protocol, OtlpExportCompression compression)
    {
        provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("orders"))
            .SetSampler(new AlwaysOnSampler())
            .AddOtlpExporter(options =>
            {
                options.Protocol = protocol;
                options.Endpoint = protocol == OtlpExportProtocol.Grpc
                    ? receiver.GrpcEndpoint(arm)
                    : new Uri(receiver.HttpEndpoint(arm), "v1/traces");
                options.Compression = compression;
                options.TimeoutMilliseconds = (int)Limits.Wait.TotalMilliseconds;
                options.HttpClientFactory = () => new HttpClient(Witness, disposeHandler: false);
                options.BatchExportProcessorOptions.MaxQueueSize = 100_000;
            })
            .Build();
    }

    public WireWitness Witness { get; } = new();

    public void Emit(int spans)
    {
        for (var index = 0; index < spans; index++)
        {
            using var activity = source.StartActivity("processOrder");
            activity!.SetTag("order.id", $"o-{index}");
            activity.SetTag("order.cost", 1234.5);
            activity.AddEvent(new ActivityEvent("charged"));
        }
    }

    /// <summary>Exports what is left and waits for the answers. ForceFlush does not: it returns when the queue is empty.</summary>
    public bool Finish() => provider.Shutdown((int)Limits.Wait.TotalMilliseconds);

    public void Dispose()
    {
        provider.Dispose();
        source.Dispose();
        Witness.Dispose();
    }
}
