using System.Buffers;

namespace PerfLab.Collector.Payloads;

/// <summary>
/// A body in one contiguous pooled array that grows up to a limit and within a budget. Pooled, because bodies above 85,000
/// bytes would otherwise go to the large object heap, and its collections stop the load generator of the same process.
/// </summary>
internal sealed class PooledBody : IDisposable
{
    private const int SmallestBytes = 4096;

    private readonly BufferBudget budget;
    private readonly int maxBytes;
    private byte[] array = [];
    private int length;

    /// <summary>Initialises a new instance of the <see cref="PooledBody"/> class.</summary>
    /// <param name="budget">What its arm's buffers may hold together.</param>
    /// <param name="maxBytes">How large the body may grow.</param>
    public PooledBody(BufferBudget budget, int maxBytes)
    {
        this.budget = budget;
        this.maxBytes = maxBytes;
    }

    /// <summary>Gets the bytes written so far.</summary>
    public ReadOnlySpan<byte> Written => array.AsSpan(0, length);

    /// <summary>Gets the number of bytes written so far.</summary>
    public int Length => length;

    /// <summary>Gets room that was made, at least as much as was asked for.</summary>
    public Span<byte> Free => array.AsSpan(length);

    /// <summary>Makes room for more bytes.</summary>
    public BodyError MakeRoom(int bytes)
    {
        if (bytes > maxBytes - length)
        {
            return BodyError.TooLarge;
        }

        return TryReserve(length + bytes) ? BodyError.None : BodyError.OverBudget;
    }

    /// <summary>Keeps bytes that were written to <see cref="Free"/>.</summary>
    public void Advance(int bytes) => length += bytes;

    /// <summary>Returns bytes that were written before, to be changed.</summary>
    public Span<byte> Rewrite(int start, int bytes) => array.AsSpan(start, bytes);

    /// <summary>Appends bytes.</summary>
    public BodyError Append(in ReadOnlySequence<byte> bytes)
    {
        var fault = MakeRoom((int)Math.Min(bytes.Length, int.MaxValue));
        if (fault == BodyError.None)
        {
            bytes.CopyTo(Free);
            length += (int)bytes.Length;
        }

        return fault;
    }

    /// <summary>Appends all that a stream yields.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="expectedBytes">A guess at how much that is; only a hint, since the sender wrote it.</param>
    public BodyError Append(Stream source, int expectedBytes)
    {
        if (!TryReserve(Math.Clamp(expectedBytes, SmallestBytes, maxBytes)))
        {
            return BodyError.OverBudget;
        }

        while (true)
        {
            if (length == array.Length && length < maxBytes && !TryReserve(length + 1))
            {
                return BodyError.OverBudget;
            }

            var free = array.AsSpan(length, Math.Min(array.Length, maxBytes) - length);
            if (free.IsEmpty)
            {
                return source.ReadByte() < 0 ? BodyError.None : BodyError.TooLarge;
            }

            var read = source.Read(free);
            if (read == 0)
            {
                return BodyError.None;
            }

            length += read;
        }
    }

    /// <summary>Returns a stream over the bytes written so far; it does not outlive the body.</summary>
    public MemoryStream OpenRead() => new(array, 0, length, writable: false);

    /// <summary>Makes room, in whole, or not at all.</summary>
    /// <param name="bytes">How many bytes the body should be able to hold.</param>
    public bool TryReserve(int bytes)
    {
        if (bytes <= array.Length)
        {
            return true;
        }

        var doubled = (int)Math.Min(2L * array.Length, maxBytes);
        var wanted = Math.Max(Math.Max(bytes, doubled), SmallestBytes);
        var fresh = ArrayPool<byte>.Shared.Rent(wanted);
        if (!budget.TryReserve(fresh.Length))
        {
            ArrayPool<byte>.Shared.Return(fresh);
            return false;
        }

        Written.CopyTo(fresh);
        Release();
        array = fresh;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        array = [];
        length = 0;
    }

    private void Release()
    {
        if (array.Length == 0)
        {
            return;
        }

        budget.Release(array.Length);
        ArrayPool<byte>.Shared.Return(array);
    }
}

/// <summary>Bounds the bytes that all buffers of an arm hold together.</summary>
/// <param name="maxBytes">The bound.</param>
internal sealed class BufferBudget(long maxBytes)
{
    private long held;

    /// <summary>Gets how many bytes are held now.</summary>
    public long HeldBytes => Interlocked.Read(ref held);

    /// <summary>Takes bytes, unless the bound would be passed.</summary>
    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref held, bytes) <= maxBytes)
        {
            return true;
        }

        Interlocked.Add(ref held, -bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(long bytes) => Interlocked.Add(ref held, -bytes);
}

/// <summary>Why a body could not be read or decompressed.</summary>
internal enum BodyError
{
    /// <summary>It could.</summary>
    None = 0,

    /// <summary>It is larger than the limit.</summary>
    TooLarge,

    /// <summary>The compressed bytes are not a whole gzip stream.</summary>
    Corrupt,

    /// <summary>The receiver holds as many bytes as it may: the sender may try again.</summary>
    OverBudget,

    /// <summary>The sender took too long.</summary>
    TooSlow,

    /// <summary>The connection ended before the body did.</summary>
    Broken,
}
