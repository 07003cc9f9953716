using System.Buffers;
using System.Numerics;
using PerfLab.Collector.Traces;

namespace PerfLab.Collector.TailSampling;

/// <summary>A trace that is held back: its spans as bytes, as they came, and what they have shown so far.</summary>
internal sealed class UndecidedTrace
{
    /// <summary>What a trace takes beside its bytes, roughly: this object, its lists and its place in the table.</summary>
    public const int OverheadBytes = 1024;

    /// <summary>What a span takes beside its bytes: a place in two lists.</summary>
    public const int SpanOverheadBytes = 48;

    // Five to ten spans of a usual size.
    private const int SmallestBytes = 4096;

    // Room for as many stays when the object is used again; a huge trace must not leave its lists behind.
    private const int MostSpansKept = 128;

    private readonly List<HeldSpan> spans = [];
    private byte[] bytes = [];
    private int length;

    /// <summary>Initialises a new instance of the <see cref="UndecidedTrace"/> class without spans.</summary>
    public UndecidedTrace() => Place = new(this);

    /// <summary>Gets or sets the trace's id.</summary>
    public TraceKey Key { get; set; }

    /// <summary>Gets or sets when its first span arrived, in seconds of the sampler's clock.</summary>
    public double FirstArrivalSeconds { get; set; }

    /// <summary>Gets or sets the rules that its spans fulfil.</summary>
    public ulong Matched { get; set; }

    /// <summary>Gets which spans have come and which are missing.</summary>
    public Lineage Lineage { get; } = new();

    /// <summary>Gets the spans held back.</summary>
    public int SpanCount => spans.Count;

    /// <summary>Gets what the trace holds, origins not counted.</summary>
    public long HeldBytes => OverheadBytes + bytes.Length + ((long)SpanOverheadBytes * spans.Count);

    /// <summary>Gets its place in the order of arrival, made once so that entering and leaving allocate nothing.</summary>
    public LinkedListNode<UndecidedTrace> Place { get; }

    /// <summary>Says how much more the trace would hold with one more span.</summary>
    /// <param name="spanBytes">The span's length.</param>
    public long GrowthFor(int spanBytes) => SpanOverheadBytes + Capacity(spanBytes) - bytes.Length;

    /// <summary>Holds a span back.</summary>
    public void Hold(SpanView span, Origin origin, long arrivedUnixNanoseconds)
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
        spans.Add(new HeldSpan(origin, length, span.Message.Length, arrivedUnixNanoseconds));
        length += span.Message.Length;
    }

    /// <summary>Hands all spans over.</summary>
    public void HandOver(IKeptSpans kept)
    {
        foreach (var span in spans)
        {
            kept.Keep(new ResourceView(span.Origin.Resource), new SpanView(bytes.AsSpan(span.Offset, span.Length)), span.ArrivedUnixNanoseconds);
        }
    }

    /// <summary>Lets everything go, so that the object can be used again.</summary>
    /// <returns>Bytes of origins that nobody needs any more.</returns>
    public long Clear()
    {
        var freed = 0L;
        foreach (var span in spans)
        {
            freed += span.Origin.Release();
        }

        ReturnBytes();
        bytes = [];
        length = 0;
        spans.Clear();
        spans.Capacity = Math.Min(spans.Capacity, MostSpansKept);
        Matched = 0;
        Lineage.Clear();
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
