using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using PerfLab.Collector.Payloads;

namespace PerfLab.Collector.TailSampling;

/// <summary>A trace that is held back: its spans as bytes, as they came, and what they have shown so far.</summary>
internal sealed class PendingTrace
{
    /// <summary>What a trace takes beside its bytes, roughly: this object, its lists and its place in the table.</summary>
    public const int OverheadBytes = 1024;

    /// <summary>What a span takes beside its bytes: a place in two lists.</summary>
    public const int SpanOverheadBytes = 48;

    // Five to ten spans of a usual size.
    private const int SmallestBytes = 4096;

    // Room for as many stays when the object is used again; a huge trace must not leave its lists behind.
    private const int MostSpansKept = 128;

    private readonly List<BufferedSpan> spans = [];
    private byte[] bytes = [];
    private int length;

    /// <summary>Initialises a new instance of the <see cref="PendingTrace"/> class without spans.</summary>
    public PendingTrace() => Node = new(this);

    /// <summary>Gets or sets the trace's id.</summary>
    public TraceKey Key { get; set; }

    /// <summary>Gets or sets when its first span arrived, in seconds of the sampler's clock.</summary>
    public double FirstArrivalSeconds { get; set; }

    /// <summary>Gets or sets the rules that its spans fulfil.</summary>
    public ulong MatchedRules { get; set; }

    /// <summary>Gets which spans have come and which are missing.</summary>
    public TraceCompleteness Completeness { get; } = new();

    /// <summary>Gets the spans held back.</summary>
    public int SpanCount => spans.Count;

    /// <summary>Gets what the trace holds, origins not counted.</summary>
    public long HeldBytes => OverheadBytes + bytes.Length + ((long)SpanOverheadBytes * spans.Count);

    /// <summary>Gets its place in the order of arrival, made once so that entering and leaving allocate nothing.</summary>
    public LinkedListNode<PendingTrace> Node { get; }

    /// <summary>Says how much more the trace would hold with one more span.</summary>
    /// <param name="spanBytes">The span's length.</param>
    public long GrowthFor(int spanBytes) => SpanOverheadBytes + Capacity(spanBytes) - bytes.Length;

    /// <summary>Holds a span back.</summary>
    public void Hold(SpanView span, InternedResource origin, long arrivedUnixNanoseconds)
    {
        var capacity = Capacity(span.Message.Length);
        if (capacity > bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)capacity);
            bytes.AsSpan(0, length).CopyTo(larger);
            ReturnBytes();
            bytes = larger;
        }

        span.Message.CopyTo(bytes.AsSpan(length));
        spans.Add(new BufferedSpan(origin, length, span.Message.Length, arrivedUnixNanoseconds));
        length += span.Message.Length;
    }

    /// <summary>Hands all spans over.</summary>
    public void SendTo(ISampledSpanSink kept)
    {
        foreach (var span in spans)
        {
            kept.Record(new ResourceView(span.Resource.Message), new SpanView(bytes.AsSpan(span.Offset, span.Length)), span.ArrivedUnixNanoseconds);
        }
    }

    /// <summary>Lets everything go, so that the object can be used again.</summary>
    /// <returns>Bytes of origins that nobody needs any more.</returns>
    public long Clear()
    {
        var freed = 0L;
        foreach (var span in spans)
        {
            freed += span.Resource.Release();
        }

        ReturnBytes();
        bytes = [];
        length = 0;
        spans.Clear();
        spans.Capacity = Math.Min(spans.Capacity, MostSpansKept);
        MatchedRules = 0;
        Completeness.Clear();
        return freed;
    }

    // The pool lends arrays of a power of two.
    private long Capacity(int spanBytes) =>
        length + (long)spanBytes <= bytes.Length
            ? bytes.Length
            : Math.Max(SmallestBytes, (long)BitOperations.RoundUpToPowerOf2((ulong)length + (ulong)spanBytes));

    private void ReturnBytes()
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}

/// <summary>Where a span that is held back lies.</summary>
/// <param name="Resource">Who made it.</param>
/// <param name="Offset">Where its message begins in its trace's bytes.</param>
/// <param name="Length">The message's length.</param>
/// <param name="ArrivedUnixNanoseconds">When it arrived.</param>
internal readonly record struct BufferedSpan(InternedResource Resource, int Offset, int Length, long ArrivedUnixNanoseconds);

/// <summary>
/// Which spans of a trace have come and which parents are missing. A trace is complete when a root has come and every parent
/// with it: spans are exported when they end, so a missing parent is one that is still open, or on its way.
/// </summary>
internal sealed class TraceCompleteness
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
