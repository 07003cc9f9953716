namespace Shop.Handicaps;

/// <summary>
/// A lump of work in the background at equal distances, as a batch export or a full collection makes it. Who estimates cost by
/// a robust centre of short stretches does not see it.
/// </summary>
/// <param name="settings">How large and how often.</param>
internal sealed class Bursts(HandicapSettings settings) : BackgroundService
{
    private int _count;

    /// <summary>Gets the number of bursts so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.BurstInterval!.Value);
        while (await NextAsync(timer, stoppingToken))
        {
            // On a thread of its own: what is burnt must not hold a thread of the pool away from orders.
            await Task.Factory.StartNew(Burst, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Burst()
    {
        if (settings.BurstCpu > TimeSpan.Zero)
        {
            BusyWork.Burn(settings.BurstCpu);
        }

        Garbage.Make(settings.BurstAllocatedBytes);
        Interlocked.Increment(ref _count);
    }
}
