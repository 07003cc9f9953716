namespace PerfLab.Collector.Arms;

/// <summary>Lets a bounded number in.</summary>
/// <param name="capacity">The bound.</param>
internal sealed class AdmissionGate(int capacity)
{
    private int inside;

    /// <summary>Lets one in, unless the bound is reached.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref inside) <= capacity)
        {
            return true;
        }

        Interlocked.Decrement(ref inside);
        return false;
    }

    /// <summary>Lets one out that was let in.</summary>
    public void Leave() => Interlocked.Decrement(ref inside);
}
