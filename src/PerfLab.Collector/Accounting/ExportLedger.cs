using PerfLab.Collector.Payloads;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Accounting;

/// <summary>Everything that arrived for one arm. A request is entered at once, so a reading never sees half of one.</summary>
internal sealed class ExportLedger
{
    private readonly Lock gate = new();
    private readonly DuplicateSpanDetector recent = new();
    private readonly ServiceSpanCounts services = new();
    private readonly RejectedExportCounts rejections = new();
    private ArmTelemetryCounts counts = Empty;
    private bool closed;
    private long late;

    private static ArmTelemetryCounts Empty => new()
    {
        ExportRequestCount = 0,
        SpanCount = 0,
        RefusedRequestCount = 0,
        RefusedSpanCount = 0,
        WireBytes = 0,
        DecodedBytes = 0,
        RefusedWireBytes = 0,
        OtherSignalRequestCount = 0,
        OtherSignalWireBytes = 0,
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

            var spans = new SpanCounter(recent, services);
            SpanWalker.Visit(payload, ref spans);
            spans.Close();
            counts = counts with
            {
                ExportRequestCount = counts.ExportRequestCount + 1,
                SpanCount = counts.SpanCount + spans.Accepted,
                ExportsWithoutSpansCount = counts.ExportsWithoutSpansCount + (spans.Accepted + spans.Rejected == 0 ? 1 : 0),
                RefusedSpanCount = counts.RefusedSpanCount + spans.Rejected,
                DuplicateSpanCount = counts.DuplicateSpanCount + spans.Duplicates,
                RootSpanCount = counts.RootSpanCount + spans.Roots,
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
                RefusedRequestCount = counts.RefusedRequestCount + 1,
                RefusedSpanCount = counts.RefusedSpanCount + spans,
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
                OtherSignalRequestCount = counts.OtherSignalRequestCount + 1,
                OtherSignalWireBytes = counts.OtherSignalWireBytes + wireBytes,
            };
        }
    }

    /// <summary>Reads all figures at one moment.</summary>
    public ArmTelemetryCounts Read()
    {
        lock (gate)
        {
            return counts with { LateSpanCount = late, SpansByService = services.Read(), RejectedExports = rejections.Read() };
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
            recent.Clear();
            services.Clear();
            rejections.Clear();
        }
    }
}
