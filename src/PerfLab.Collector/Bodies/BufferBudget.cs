namespace PerfLab.Collector.Bodies;

/// <summary>Bounds the bytes that all buffers of an arm hold together.</summary>
/// <param name="maxBytes">The bound.</param>
internal sealed class BufferBudget(long maxBytes)
{
    private long held;

    /// <summary>Gets how many bytes are held now.</summary>
    public long HeldBytes => Interlocked.Read(ref held);

    /// <summary>Takes bytes, unless the bound would be passed.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref held, bytes) <= maxBytes)
        {
            return true;
        }

        Interlocked.Add(ref held, -bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref held, -bytes);
}
