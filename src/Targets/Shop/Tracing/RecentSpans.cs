using System.Collections;
using System.Diagnostics;

namespace Shop.Tracing;

/// <summary>
/// The memory of the in-memory exporter, which adds to any collection: it keeps the last spans only, because a shop
/// under load must not grow with every order. Its one writer is an export processor, which lets one export in at a time.
/// </summary>
internal sealed class RecentSpans : ICollection<Activity>
{
    // As many as the queue of the batch processor holds by default.
    private const int Capacity = 2048;

    private readonly Activity?[] _ring = new Activity?[Capacity];
    private long _added;

    /// <inheritdoc />
    public int Count => (int)Math.Min(Interlocked.Read(ref _added), Capacity);

    /// <inheritdoc />
    public bool IsReadOnly => false;

    /// <summary>Gets how many came in altogether.</summary>
    public long AddedCount => Interlocked.Read(ref _added);

    /// <inheritdoc />
    public void Add(Activity item) => _ring[(Interlocked.Increment(ref _added) - 1) % Capacity] = item;

    /// <inheritdoc />
    public void Clear()
    {
        Array.Clear(_ring);
        Interlocked.Exchange(ref _added, 0);
    }

    /// <inheritdoc />
    public bool Contains(Activity item) => Array.IndexOf(_ring, item) >= 0;

    /// <inheritdoc />
    public void CopyTo(Activity[] array, int arrayIndex) => _ring.OfType<Activity>().ToArray().CopyTo(array, arrayIndex);

    /// <inheritdoc />
    public bool Remove(Activity item) => throw new NotSupportedException("Spans leave by themselves, the oldest first.");

    /// <inheritdoc />
    public IEnumerator<Activity> GetEnumerator() => _ring.OfType<Activity>().GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
