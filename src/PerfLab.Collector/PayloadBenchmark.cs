using System.Diagnostics;
using PerfLab.Collector.Accounting;
using PerfLab.Collector.Capture;
using PerfLab.Collector.Payloads;

namespace PerfLab.Collector;

/// <summary>Times the steps of taking an export one by one, without a network: what is left of a request's cost is HTTP and sockets.</summary>
public static class PayloadBenchmark
{
    private const int MaxNesting = 100;
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Times every step on the calling thread.</summary>
    /// <param name="exports">Exports of a real exporter, at least one span among them.</param>
    /// <param name="perStage">How long each step is repeated.</param>
    /// <returns>Decompressing (where something is compressed), checking, walking, accounting.</returns>
    public static IReadOnlyList<PayloadBenchmarkStage> Measure(IReadOnlyList<CapturedExport> exports, TimeSpan perStage)
    {
        ArgumentNullException.ThrowIfNull(exports);
        var spans = exports.Sum(export => SpanWalker.Count(export.Payload.Span));
        var ledger = new ExportLedger();
        var stages = new List<PayloadBenchmarkStage>();
        if (exports.Any(export => export.Compressed))
        {
            Add("decompress", Decompress);
        }

        Add("check that it is well formed", export => PayloadValidator.Passes(export.Payload.Span, OtlpSchema.TraceRequest, MaxNesting, out _, out _));
        Add("walk through the spans", Walk);
        Add("walk and enter in the ledger", export => ledger.Accept(export.Payload.Span, export.Sent.Length, export.Payload.Length));
        return stages;

        void Add(string name, Action<CapturedExport> step) => stages.Add(new PayloadBenchmarkStage(name, Time(exports, step, perStage) / spans));
    }

    /// <summary>Counts the spans of an export.</summary>
    public static long CountSpans(CapturedExport export) => SpanWalker.Count(export.Payload.Span);

    // The smallest of all passes: whatever else runs can only add to it.
    private static double Time(IReadOnlyList<CapturedExport> exports, Action<CapturedExport> step, TimeSpan atLeast)
    {
        var best = double.MaxValue;
        var all = Stopwatch.StartNew();
        do
        {
            var pass = Stopwatch.GetTimestamp();
            foreach (var export in exports)
            {
                step(export);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(pass).TotalSeconds);
        }
        while (all.Elapsed < atLeast);
        return best;
    }

    private static void Decompress(CapturedExport export)
    {
        var budget = new BufferBudget(long.MaxValue);
        using var sent = new PooledBody(budget, MaxBytes);
        using var decoded = new PooledBody(budget, MaxBytes);
        sent.MakeRoom(export.Sent.Length);
        export.Sent.Span.CopyTo(sent.Free);
        sent.Advance(export.Sent.Length);
        GzipDecoder.Decode(sent, decoded);
    }

    private static void Walk(CapturedExport export)
    {
        var visitor = default(SpanReadingVisitor);
        SpanWalker.Visit(export.Payload.Span, ref visitor);
    }

    private struct SpanReadingVisitor : ISpanVisitor
    {
        private ulong sum;

        public readonly void EnterResource(ResourceView resource)
        {
        }

        public void Visit(SpanView span) => sum += span.EndUnixNanoseconds;
    }
}

/// <summary>What one step of taking an export costs.</summary>
/// <param name="Name">The step.</param>
/// <param name="SecondsPerSpan">Time on one processor per span.</param>
public sealed record PayloadBenchmarkStage(string Name, double SecondsPerSpan);
