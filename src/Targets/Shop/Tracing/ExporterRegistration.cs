using System.Collections;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using Shop.Sampling;
using Shop.Settings;

namespace Shop.Tracing;

/// <summary>Sends spans where the environment says, each when it ends or in batches.</summary>
internal static class ExporterRegistration
{
    /// <summary>Adds the exporters, each behind its own processor.</summary>
    /// <param name="tracing">The tracing to add to.</param>
    /// <param name="settings">What the environment asks for.</param>
    /// <returns>The same tracing.</returns>
    public static TracerProviderBuilder AddExporters(this TracerProviderBuilder tracing, TracingSettings settings)
    {
        if (settings.Tail is not null)
        {
            return tracing.AddProcessor(provider => provider.GetRequiredService<TailSamplingProcessor>());
        }

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

                // The SDK's own methods for the others know the simple processor only.
                _ => tracing.AddProcessor(provider => ProcessorOf(exporter, settings, provider)),
            };
        }

        return tracing;
    }

    /// <summary>Makes the processors that the SDK would put before the exporters, for one that judges before them.</summary>
    /// <param name="settings">What the environment asks for.</param>
    /// <param name="provider">The services of the process.</param>
    public static IEnumerable<BaseProcessor<Activity>> ProcessorsOf(TracingSettings settings, IServiceProvider provider) =>
        settings.Exporters.Select(exporter => ProcessorOf(exporter, settings, provider));

    private static BaseProcessor<Activity> ProcessorOf(string exporter, TracingSettings settings, IServiceProvider provider)
    {
        switch (exporter)
        {
            case "otlp":
                var options = new OtlpExporterOptions();
                settings.Otlp.Apply(options);
                return Behind(settings.Processor ?? ExportProcessorType.Batch, new OtlpTraceExporter(options));
#pragma warning disable CS0618
            case "zipkin":
                return Behind(settings.Processor ?? ExportProcessorType.Batch, new ZipkinExporter(new ZipkinExporterOptions()));
#pragma warning restore CS0618
            case "console":
                return Behind(settings.Processor, new ConsoleActivityExporter(new ConsoleExporterOptions()));
            case "in-memory":
                return Behind(settings.Processor, new InMemoryExporter<Activity>(provider.GetRequiredService<RecentSpans>()));
            default:
                throw new InvalidOperationException($"{exporter} is not an exporter of Shop. Add it here and to {nameof(TracingSettingsReader)}.");
        }
    }

    private static BaseProcessor<Activity> Behind(ExportProcessorType? type, BaseExporter<Activity> exporter) =>
        type == ExportProcessorType.Batch ? Batch(exporter) : new SimpleActivityExportProcessor(exporter);

    /// <summary>Puts the batch processor before an exporter.</summary>
    /// <param name="exporter">The exporter.</param>
    public static BaseProcessor<Activity> Batch(BaseExporter<Activity> exporter)
    {
        // Reads OTEL_BSP_* when it is made.
        var batch = new BatchExportActivityProcessorOptions();
        return new BatchActivityExportProcessor(exporter, batch.MaxQueueSize, batch.ScheduledDelayMilliseconds, batch.ExporterTimeoutMilliseconds, batch.MaxExportBatchSize);
    }
}

/// <summary>
/// The memory of the in-memory exporter, which adds to any collection: it keeps the last spans only, because a shop
/// under load must not grow with every order. Its one writer is an export processor, which lets one export in at a time.
/// </summary>
internal sealed class RecentSpans : ICollection<Activity>
{
    // As many as the queue of the batch processor holds by default.
    private const int Capacity = 2048;

    private readonly Activity?[] _ring = new Activity?[Capacity];
    private long _added;

    /// <inheritdoc />
    public int Count => (int)Math.Min(Interlocked.Read(ref _added), Capacity);

    /// <inheritdoc />
    public bool IsReadOnly => false;

    /// <summary>Gets how many came in altogether.</summary>
    public long AddedCount => Interlocked.Read(ref _added);

    /// <inheritdoc />
    public void Add(Activity item) => _ring[(Interlocked.Increment(ref _added) - 1) % Capacity] = item;

    /// <inheritdoc />
    public void Clear()
    {
        Array.Clear(_ring);
        Interlocked.Exchange(ref _added, 0);
    }

    /// <inheritdoc />
    public bool Contains(Activity item) => Array.IndexOf(_ring, item) >= 0;

    /// <inheritdoc />
    public void CopyTo(Activity[] array, int arrayIndex) => _ring.OfType<Activity>().ToArray().CopyTo(array, arrayIndex);

    /// <inheritdoc />
    public bool Remove(Activity item) => throw new NotSupportedException("Spans leave by themselves, the oldest first.");

    /// <inheritdoc />
    public IEnumerator<Activity> GetEnumerator() => _ring.OfType<Activity>().GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
