using PerfLab.Collector.Payloads;

namespace PerfLab.Collector.Capture;

/// <summary>Keeps copies of taken exports up to a bound. A copy is all that it costs while requests are measured; looking comes later.</summary>
internal sealed class ExportCapture
{
    private readonly Lock gate = new();
    private readonly List<CapturedExport> kept = [];
    private byte[] slab = [];
    private int used;
    private long missed;
    private volatile bool open;

    /// <summary>Forgets what is kept, and keeps what comes from now on.</summary>
    /// <param name="maxBytes">The bound.</param>
    public void Begin(int maxBytes)
    {
        lock (gate)
        {
            // One array from the start: one for each export would be collected while requests are measured.
            slab = GC.AllocateUninitializedArray<byte>(maxBytes);
            used = 0;
            kept.Clear();
            missed = 0;
            open = true;
        }
    }

    /// <summary>Keeps nothing more, and hands out what was kept in the order of arrival.</summary>
    public CapturedExports End()
    {
        lock (gate)
        {
            var exports = new CapturedExports([.. kept], missed);
            kept.Clear();
            slab = [];
            open = false;
            return exports;
        }
    }

    /// <summary>Keeps an export while there is room; from the first that does not fit nothing is kept any more.</summary>
    /// <param name="payload">The checked message.</param>
    /// <param name="sent">The body as sent; null where it is the message.</param>
    /// <param name="compressed">True if that body is gzip.</param>
    public void Add(ReadOnlySpan<byte> payload, PooledBody? sent, bool compressed)
    {
        if (!open)
        {
            return;
        }

        lock (gate)
        {
            if (!open || missed > 0 || payload.Length + (sent?.Length ?? 0L) > slab.Length - used)
            {
                missed += open ? 1 : 0;
                return;
            }

            var message = Copy(payload);
            kept.Add(new CapturedExport(message, sent is null ? message : Copy(sent.Written), compressed));
        }
    }

    private ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        var place = slab.AsMemory(used, bytes.Length);
        bytes.CopyTo(place.Span);
        used += bytes.Length;
        return place;
    }
}

/// <summary>What was kept of an arm's exports.</summary>
/// <param name="Exports">The exports in the order of arrival, from the first on.</param>
/// <param name="MissedCount">Exports that came when there was no room any more.</param>
public sealed record CapturedExports(IReadOnlyList<CapturedExport> Exports, long MissedCount);

/// <summary>A taken trace export that was kept to be looked at later.</summary>
/// <param name="Payload">The checked ExportTraceServiceRequest in protobuf's wire format.</param>
/// <param name="Sent">The body as it was sent: the same bytes, unless it was compressed or JSON.</param>
/// <param name="Compressed">True if <paramref name="Sent"/> is gzip.</param>
public sealed record CapturedExport(ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Sent, bool Compressed);
