using System.Buffers;

namespace PerfLab.Collector.Bodies;

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
    public BodyFault MakeRoom(int bytes)
    {
        if (bytes > maxBytes - length)
        {
            return BodyFault.TooLarge;
        }

        return TryReserve(length + bytes) ? BodyFault.None : BodyFault.OverBudget;
    }

    /// <summary>Keeps bytes that were written to <see cref="Free"/>.</summary>
    public void Advance(int bytes) => length += bytes;

    /// <summary>Returns bytes that were written before, to be changed.</summary>
    public Span<byte> Rewrite(int start, int bytes) => array.AsSpan(start, bytes);

    /// <summary>Appends bytes.</summary>
    public BodyFault Append(in ReadOnlySequence<byte> bytes)
    {
        var fault = MakeRoom((int)Math.Min(bytes.Length, int.MaxValue));
        if (fault == BodyFault.None)
        {
            bytes.CopyTo(Free);
            length += (int)bytes.Length;
        }

        return fault;
    }

    /// <summary>Appends all that a stream yields.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="expectedBytes">A guess at how much that is; only a hint, since the sender wrote it.</param>
    public BodyFault Append(Stream source, int expectedBytes)
    {
        if (!TryReserve(Math.Clamp(expectedBytes, SmallestBytes, maxBytes)))
        {
            return BodyFault.OverBudget;
        }

        while (true)
        {
            if (length == array.Length && length < maxBytes && !TryReserve(length + 1))
            {
                return BodyFault.OverBudget;
            }

            var free = array.AsSpan(length, Math.Min(array.Length, maxBytes) - length);
            if (free.IsEmpty)
            {
                return source.ReadByte() < 0 ? BodyFault.None : BodyFault.TooLarge;
            }

            var read = source.Read(free);
            if (read == 0)
            {
                return BodyFault.None;
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
        if (!budget.TryTake(fresh.Length))
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

        budget.GiveBack(array.Length);
        ArrayPool<byte>.Shared.Return(array);
    }
}
