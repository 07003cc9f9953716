using System.Diagnostics;

namespace Shop.Handicaps;

/// <summary>
/// A burst of background work at equal intervals, like a batch export or a full collection. An estimator that takes a robust
/// average of short periods misses it.
/// </summary>
/// <param name="settings">How large and how often.</param>
internal sealed class BackgroundBursts(HandicapSettings settings) : BackgroundService
{
    private int _count;

    /// <summary>Gets the number of bursts so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc />
    /// <remarks>
    /// On one thread for all bursts: what is burnt must not hold a thread of the pool away from orders, and to start a thread for
    /// each would cost a millisecond more than the burst is said to cost.
    /// </remarks>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stoppingToken)
    {
        var interval = settings.BurstInterval!.Value;
        var started = Stopwatch.GetTimestamp();
        for (var due = interval; !stoppingToken.WaitHandle.WaitOne(UntilDue(started, due)); due += interval)
        {
            Burst();
        }
    }

    // A burst that is longer than the interval is followed by the next at once.
    private static TimeSpan UntilDue(long started, TimeSpan due)
    {
        var left = due - Stopwatch.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Burst()
    {
        if (settings.BurstCpu > TimeSpan.Zero)
        {
            CpuBurner.Burn(settings.BurstCpu);
        }

        HeapAllocator.Allocate(settings.BurstAllocatedBytes);
        Interlocked.Increment(ref _count);
    }
}
