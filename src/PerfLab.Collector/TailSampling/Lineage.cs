using System.Buffers.Binary;
using System.Runtime.InteropServices;
using PerfLab.Collector.Traces;

namespace PerfLab.Collector.TailSampling;

/// <summary>
/// Which spans of a trace have come and which parents are missing. A trace is complete when a root has come and every parent
/// with it: spans are exported when they end, so a missing parent is one that is still open, or on its way.
/// </summary>
internal sealed class Lineage
{
    // Looking an id up is a scan; beyond this a trace waits for its time instead.
    private const int MostSpans = 512;

    private readonly List<ulong> arrived = [];
    private readonly List<ulong> missing = [];
    private bool hasRoot;
    private bool isTooLarge;

    /// <summary>Gets a value indicating whether a root and all parents have come.</summary>
    public bool IsComplete => hasRoot && missing.Count == 0 && !isTooLarge;

    /// <summary>Enters a span.</summary>
    public void Add(SpanView span)
    {
        if (isTooLarge || arrived.Count >= MostSpans)
        {
            isTooLarge = true;
            return;
        }

        var id = BinaryPrimitives.ReadUInt64LittleEndian(span.SpanId);
        arrived.Add(id);
        missing.Remove(id);
        if (span.ParentSpanId.Length != SpanView.SpanIdBytes)
        {
            hasRoot = true;
            return;
        }

        var parent = BinaryPrimitives.ReadUInt64LittleEndian(span.ParentSpanId);
        if (!CollectionsMarshal.AsSpan(arrived).Contains(parent) && !missing.Contains(parent))
        {
            missing.Add(parent);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        arrived.Clear();
        missing.Clear();
        hasRoot = false;
        isTooLarge = false;
    }
}
