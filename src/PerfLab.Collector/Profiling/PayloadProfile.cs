using System.Diagnostics;
using PerfLab.Collector.Accounting;
using PerfLab.Collector.Bodies;
using PerfLab.Collector.Keeping;
using PerfLab.Collector.Schema;
using PerfLab.Collector.Traces;

namespace PerfLab.Collector.Profiling;

/// <summary>Times the steps of taking an export one by one, without a network: what is left of a request's cost is HTTP and sockets.</summary>
public static class PayloadProfile
{
    private const int MaxNesting = 100;
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Times every step on the calling thread.</summary>
    /// <param name="exports">Exports of a real exporter, at least one span among them.</param>
    /// <param name="perStage">How long each step is repeated.</param>
    /// <returns>Decompressing (where something is compressed), checking, walking, accounting.</returns>
    public static IReadOnlyList<PayloadStage> Measure(IReadOnlyList<KeptExport> exports, TimeSpan perStage)
    {
        ArgumentNullException.ThrowIfNull(exports);
        var spans = exports.Sum(export => SpanWalk.Count(export.Payload.Span));
        var ledger = new ExportLedger();
        var stages = new List<PayloadStage>();
        if (exports.Any(export => export.Compressed))
        {
            Add("decompress", Decompress);
        }

        Add("check that it is well formed", export => PayloadCheck.Passes(export.Payload.Span, OtlpShapes.TraceRequest, MaxNesting, out _, out _));
        Add("walk through the spans", Walk);
        Add("walk and enter in the ledger", export => ledger.Accept(export.Payload.Span, export.Sent.Length, export.Payload.Length));
        return stages;

        void Add(string name, Action<KeptExport> step) => stages.Add(new PayloadStage(name, Time(exports, step, perStage) / spans));
    }

    /// <summary>Counts the spans of an export.</summary>
    public static long CountSpans(KeptExport export) => SpanWalk.Count(export.Payload.Span);

    // The smallest of all passes: whatever else runs can only add to it.
    private static double Time(IReadOnlyList<KeptExport> exports, Action<KeptExport> step, TimeSpan atLeast)
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

    private static void Decompress(KeptExport export)
    {
        var budget = new BufferBudget(long.MaxValue);
        using var sent = new PooledBody(budget, MaxBytes);
        using var decoded = new PooledBody(budget, MaxBytes);
        sent.MakeRoom(export.Sent.Length);
        export.Sent.Span.CopyTo(sent.Free);
        sent.Advance(export.Sent.Length);
        GzipDecoder.Decode(sent, decoded);
    }

    private static void Walk(KeptExport export)
    {
        var visitor = default(Stroller);
        SpanWalk.Visit(export.Payload.Span, ref visitor);
    }

    private struct Stroller : ISpanVisitor
    {
        private ulong sum;

        public readonly void EnterResource(ResourceView resource)
        {
        }

        public void Visit(SpanView span) => sum += span.EndUnixNanoseconds;
    }
}
