using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Shop.Tracing;

/// <summary>Sends spans where the environment says, each when it ends or in batches.</summary>
internal static class Exporters
{
    /// <summary>Adds the exporters, each behind its own processor.</summary>
    /// <param name="tracing">The tracing to add to.</param>
    /// <param name="settings">What the environment asks for.</param>
    /// <returns>The same tracing.</returns>
    public static TracerProviderBuilder AddExporters(this TracerProviderBuilder tracing, TracingSettings settings)
    {
        foreach (var exporter in settings.Exporters)
        {
            _ = exporter switch
            {
                "otlp" => tracing.AddOtlpExporter(options =>
                {
                    settings.Otlp.Apply(options);
                    options.ExportProcessorType = settings.Processor ?? options.ExportProcessorType;
                }),
// OpenTelemetry has given Zipkin's format up. Who still uses it wants to know what leaving it would save.
#pragma warning disable CS0618
                "zipkin" => tracing.AddZipkinExporter(options => options.ExportProcessorType = settings.Processor ?? options.ExportProcessorType),
#pragma warning restore CS0618
                "console" => tracing.AddProcessor(_ => Behind(settings.Processor, new ConsoleActivityExporter(new ConsoleExporterOptions()))),
                "in-memory" => tracing.AddProcessor(provider => Behind(settings.Processor, new InMemoryExporter<Activity>(provider.GetRequiredService<RecentSpans>()))),
                _ => throw new InvalidOperationException($"{exporter} is not an exporter of Shop. Add it here and to {nameof(TracingSettingsReader)}."),
            };
        }

        return tracing;
    }

    // The SDK's own methods for these two know the simple processor only.
    private static BaseProcessor<Activity> Behind(ExportProcessorType? type, BaseExporter<Activity> exporter)
    {
        if (type != ExportProcessorType.Batch)
        {
            return new SimpleActivityExportProcessor(exporter);
        }

        // Reads OTEL_BSP_* when it is made.
        var batch = new BatchExportActivityProcessorOptions();
        return new BatchActivityExportProcessor(exporter, batch.MaxQueueSize, batch.ScheduledDelayMilliseconds, batch.ExporterTimeoutMilliseconds, batch.MaxExportBatchSize);
    }
}
