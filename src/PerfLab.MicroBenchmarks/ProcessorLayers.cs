using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Shop.Redaction;
using Shop.Settings;

namespace PerfLab.MicroBenchmarks;

/// <summary>What happens to a span when it ends, before the exporter sees it.</summary>
internal static class ProcessorLayers
{
    // The SDK's defaults (OTEL_BSP_*).
    private const int Queue = 2048;
    private const int Batch = 512;

    /// <summary>Gets the layers.</summary>
    public static IReadOnlyList<Layer> All { get; } =
    [
        new("simple-processor", SpanLayers.Recorded, () => new LayerOperation(
            SpanLayers.StartAndEnd, SpanLayers.Provider(new AlwaysOnSampler(), new SimpleActivityExportProcessor(new NullExporter())))),
        new("batch-processor", SpanLayers.Recorded, Batched) { Units = Batch, AllocationTolerance = 0.02 },
        new("batch-processor/full-queue", SpanLayers.Recorded, WithFullQueue),
        new("batch-processor/two-threads", SpanLayers.Recorded, FromTwoThreads) { Units = 2 * Batch, AllocationTolerance = 0.02 },
        Redacted("redaction/nothing-found", "web"),
        Redacted("redaction/email-found", "me@example.com"),
    ];

    private static Layer Redacted(string name, string fifthText) => new(name, "attributes/string-5", () => new LayerOperation(
        () => SpanLayers.StartAndEndWithFiveTexts(fifthText),
        SpanLayers.Provider(new AlwaysOnSampler(), new RedactionProcessor(new Redactor(new RedactionSettings { Hashes = false, Keys = [], Pattern = null, Secret = [] })))));

    // A batch of spans and the wait until the worker has taken all: the queue never fills, and the worker's share is in the figure.
    private static LayerOperation Batched()
    {
        var provider = SpanLayers.Provider(new AlwaysOnSampler(), new BatchActivityExportProcessor(new NullExporter(), Queue, maxExportBatchSize: Batch));
        return new LayerOperation(() => EndBatch(provider), provider);
    }

    private static void EndBatch(TracerProvider provider)
    {
        for (var index = 0; index < Batch; index++)
        {
            SpanLayers.StartAndEnd();
        }

        provider.ForceFlush();
    }

    private static LayerOperation WithFullQueue()
    {
        var exporter = new BlockedExporter();
        var provider = SpanLayers.Provider(new AlwaysOnSampler(), new BatchActivityExportProcessor(exporter, Queue, maxExportBatchSize: Batch));

        // The worker holds one batch and waits; the queue takes no more than this.
        for (var index = 0; index < Queue + (2 * Batch); index++)
        {
            SpanLayers.StartAndEnd();
        }

        return new LayerOperation(SpanLayers.StartAndEnd, new Release(exporter), provider);
    }

    private static LayerOperation FromTwoThreads()
    {
        var provider = SpanLayers.Provider(new AlwaysOnSampler(), new BatchActivityExportProcessor(new NullExporter(), 2 * Queue, maxExportBatchSize: Batch));
        var other = new SecondThread(() => EndBatch(provider));
        return new LayerOperation(
            () =>
            {
                other.Begin();
                EndBatch(provider);
                other.Wait();
            },
            other,
            provider);
    }

    /// <summary>Takes every batch and does nothing with it.</summary>
    private sealed class NullExporter : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch) => ExportResult.Success;
    }

    /// <summary>Takes a batch and keeps it until it may go on, as an exporter does whose back end does not answer.</summary>
    private sealed class BlockedExporter : BaseExporter<Activity>
    {
        public ManualResetEventSlim MayGoOn { get; } = new();

        public override ExportResult Export(in Batch<Activity> batch)
        {
            MayGoOn.Wait();
            return ExportResult.Success;
        }

        protected override void Dispose(bool disposing)
        {
            MayGoOn.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Release(BlockedExporter exporter) : IDisposable
    {
        public void Dispose() => exporter.MayGoOn.Set();
    }

    /// <summary>A thread that does its work once for each time that it is asked to.</summary>
    private sealed class SecondThread : IDisposable
    {
        private readonly SemaphoreSlim _begin = new(0);
        private readonly SemaphoreSlim _end = new(0);
        private readonly Thread _thread;
        private volatile bool _isOver;

        public SecondThread(Action work)
        {
            _thread = new Thread(() =>
            {
                for (_begin.Wait(); !_isOver; _begin.Wait())
                {
                    work();
                    _end.Release();
                }
            })
            {
                IsBackground = true,
            };
            _thread.Start();
        }

        public void Begin() => _begin.Release();

        public void Wait() => _end.Wait();

        public void Dispose()
        {
            _isOver = true;
            _begin.Release();
            _thread.Join();
            _begin.Dispose();
            _end.Dispose();
        }
    }
}
