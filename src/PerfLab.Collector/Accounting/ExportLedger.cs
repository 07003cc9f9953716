using System.Collections.ObjectModel;
using PerfLab.Collector.Payloads;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Accounting;

/// <summary>Everything that arrived for one arm. A request is entered at once, so a reading never sees half of one.</summary>
internal sealed class ExportLedger
{
    private readonly Lock gate = new();
    private readonly TraceCardinalityEstimator traces = new();
    private readonly DuplicateSpanDetector recent = new();
    private readonly ServiceSpanCounts services = new();
    private readonly RejectedExportCounts rejections = new();
    private LedgerCounts counts = Empty;
    private bool closed;
    private long late;

    private static LedgerCounts Empty => new()
    {
        AcceptedRequests = 0,
        AcceptedSpans = 0,
        EmptyRequests = 0,
        RefusedRequests = 0,
        RefusedSpans = 0,
        WireBytes = 0,
        DecodedBytes = 0,
        RefusedWireBytes = 0,
        OtherSignalRequests = 0,
        OtherSignalWireBytes = 0,
        EstimatedTraces = 0,
        DuplicateSpans = 0,
        LateSpans = 0,
        Services = ReadOnlyDictionary<string, long>.Empty,
        Rejections = [],
    };

    /// <summary>Enters a request that is taken.</summary>
    /// <param name="payload">The checked ExportTraceServiceRequest.</param>
    /// <param name="wireBytes">Bytes of the body as sent.</param>
    /// <param name="decodedBytes">Bytes of the body after decompression.</param>
    /// <returns>How many spans of it are rejected because their ids are invalid.</returns>
    public long Accept(ReadOnlySpan<byte> payload, long wireBytes, long decodedBytes)
    {
        lock (gate)
        {
            if (closed)
            {
                late += SpanWalker.Count(payload);
                return 0;
            }

            var spans = new SpanCounter(traces, recent, services);
            SpanWalker.Visit(payload, ref spans);
            spans.Close();
            counts = counts with
            {
                AcceptedRequests = counts.AcceptedRequests + 1,
                AcceptedSpans = counts.AcceptedSpans + spans.Accepted,
                EmptyRequests = counts.EmptyRequests + (spans.Accepted + spans.Rejected == 0 ? 1 : 0),
                RefusedSpans = counts.RefusedSpans + spans.Rejected,
                DuplicateSpans = counts.DuplicateSpans + spans.Duplicates,
                WireBytes = counts.WireBytes + wireBytes,
                DecodedBytes = counts.DecodedBytes + decodedBytes,
            };
            return spans.Rejected;
        }
    }

    /// <summary>Enters a request that is refused.</summary>
    /// <param name="spans">How many spans were in it; null if it could not be read.</param>
    /// <param name="wireBytes">Bytes of the body that arrived.</param>
    public void Refuse(long? spans, long wireBytes)
    {
        lock (gate)
        {
            counts = counts with
            {
                RefusedRequests = counts.RefusedRequests + 1,
                RefusedSpans = counts.RefusedSpans + spans,
                RefusedWireBytes = counts.RefusedWireBytes + wireBytes,
            };
        }
    }

    /// <summary>Enters why an export was not taken, whatever signal it carries.</summary>
    /// <param name="rejection">What is known of it.</param>
    public void Explain(RejectedExport rejection)
    {
        lock (gate)
        {
            rejections.Add(rejection);
        }
    }

    /// <summary>Enters a request of metrics or logs that is taken.</summary>
    /// <param name="wireBytes">Bytes of the body as sent.</param>
    public void AcceptOther(long wireBytes)
    {
        lock (gate)
        {
            counts = counts with
            {
                OtherSignalRequests = counts.OtherSignalRequests + 1,
                OtherSignalWireBytes = counts.OtherSignalWireBytes + wireBytes,
            };
        }
    }

    /// <summary>Reads all figures at one moment.</summary>
    public LedgerCounts Read()
    {
        lock (gate)
        {
            return counts with { EstimatedTraces = traces.Estimate, LateSpans = late, Services = services.Read(), Rejections = rejections.Read() };
        }
    }

    /// <summary>Ends the account: spans that are taken from now on are late, until a reset.</summary>
    public void Close()
    {
        lock (gate)
        {
            (closed, late) = (true, 0);
        }
    }

    /// <summary>Starts again at zero. What was late for the account before stays known.</summary>
    public void Reset()
    {
        lock (gate)
        {
            closed = false;
            counts = Empty;
            traces.Clear();
            recent.Clear();
            services.Clear();
            rejections.Clear();
        }
    }
}

/// <summary>What an <see cref="ExportLedger"/> held at one moment.</summary>
internal readonly record struct LedgerCounts
{
    public required long AcceptedRequests { get; init; }

    public required long AcceptedSpans { get; init; }

    public required long EmptyRequests { get; init; }

    public required long RefusedRequests { get; init; }

    public required long? RefusedSpans { get; init; }

    public required long WireBytes { get; init; }

    public required long DecodedBytes { get; init; }

    public required long RefusedWireBytes { get; init; }

    public required long OtherSignalRequests { get; init; }

    public required long OtherSignalWireBytes { get; init; }

    public required long EstimatedTraces { get; init; }

    public required long DuplicateSpans { get; init; }

    public required long LateSpans { get; init; }

    public required IReadOnlyDictionary<string, long> Services { get; init; }

    public required IReadOnlyList<RejectedExport> Rejections { get; init; }
}
