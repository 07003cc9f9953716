using System.Numerics;

namespace Shop.Services;

/// <summary>
/// The times from the moment an order came in to the moment its notification was written, in buckets of at most 3 % width.
/// Both clocks are the machine's; between machines the difference of their clocks is in it.
/// </summary>
internal sealed class NotificationLatencyHistogram
{
    // 32 buckets for each doubling of a microsecond, up to 2^36 microseconds (19 hours).
    private const int BucketsPerDoubling = 32;
    private const int Doublings = 36;

    private readonly long[] _buckets = new long[BucketsPerDoubling * Doublings];
    private long _longestMicroseconds;

    /// <summary>Records a time.</summary>
    /// <param name="time">The time; less than a microsecond counts as one.</param>
    public void Record(TimeSpan time)
    {
        var microseconds = Math.Max(1, (long)time.TotalMicroseconds);
        Interlocked.Increment(ref _buckets[BucketOf(microseconds)]);
        long longest;
        while (microseconds > (longest = Interlocked.Read(ref _longestMicroseconds)))
        {
            Interlocked.CompareExchange(ref _longestMicroseconds, microseconds, longest);
        }
    }

    /// <summary>Forgets what was recorded so far.</summary>
    public void Clear()
    {
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            Interlocked.Exchange(ref _buckets[bucket], 0);
        }

        Interlocked.Exchange(ref _longestMicroseconds, 0);
    }

    /// <summary>Sums up what was recorded so far.</summary>
    /// <returns>Count and quantiles.</returns>
    public Summary Read()
    {
        long[] counts = [.. _buckets.Select((_, index) => Interlocked.Read(ref _buckets[index]))];
        var count = counts.Sum();
        return count == 0
            ? new Summary(0, null, null, null, null)
            : new Summary(count, Quantile(counts, count, 0.5), Quantile(counts, count, 0.9), Quantile(counts, count, 0.99), Interlocked.Read(ref _longestMicroseconds) / 1e6);
    }

    private static int BucketOf(long microseconds)
    {
        var doubling = Math.Min(BitOperations.Log2((ulong)microseconds), Doublings - 1);
        var within = (int)((microseconds - (1L << doubling)) * BucketsPerDoubling >> doubling);
        return (doubling * BucketsPerDoubling) + Math.Min(within, BucketsPerDoubling - 1);
    }

    // The upper edge of the bucket in which the quantile lies.
    private static double Quantile(long[] counts, long count, double quantile)
    {
        var rank = (long)Math.Ceiling(quantile * count);
        var bucket = 0;
        for (var seen = counts[0]; seen < rank; seen += counts[bucket])
        {
            bucket++;
        }

        var (doubling, within) = (bucket / BucketsPerDoubling, bucket % BucketsPerDoubling);
        return (1L << doubling) * (1 + ((within + 1) / (double)BucketsPerDoubling)) / 1e6;
    }

    /// <summary>The body of <c>GET /notifications/times</c>.</summary>
    /// <param name="Count">Notifications written.</param>
    /// <param name="P50Seconds">Half took no longer; null when there is none.</param>
    /// <param name="P90Seconds">Nine in ten took no longer; null when there is none.</param>
    /// <param name="P99Seconds">99 in 100 took no longer; null when there is none.</param>
    /// <param name="LongestSeconds">The longest; null when there is none.</param>
    internal sealed record Summary(long Count, double? P50Seconds, double? P90Seconds, double? P99Seconds, double? LongestSeconds);
}
