using System.Diagnostics;
using Shop.Handicaps;

namespace Shop.Tests.Unit;

/// <summary>The costs that are put in have the size that was asked for: all that a calibration rests on.</summary>
public sealed class KnownCostTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    [InlineData(2000)]
    public void Work_lasts_as_long_as_the_threads_own_clock_says(int microseconds)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a CPU clock of a thread.");
        var wanted = TimeSpan.FromMicroseconds(microseconds);
        CpuBurner.Burn(wanted);

        // An interrupt may hit any one of them; the median of many shows how far the clock is overshot.
        var extra = Enumerable.Range(0, 101).Select(_ => CpuBurner.Burn(wanted) - wanted).Order().ToArray();

        Assert.All(extra, overshot => Assert.True(overshot >= TimeSpan.Zero));
        Assert.InRange(extra[50], TimeSpan.Zero, TimeSpan.FromMicroseconds(5));
    }

    [Fact]
    public async Task Time_that_other_threads_take_is_not_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a CPU clock of a thread.");
        using var end = new CancellationTokenSource();
        var others = Enumerable.Range(0, 2 * Environment.ProcessorCount)
            .Select(_ => Task.Factory.StartNew(() => { while (!end.IsCancellationRequested) { } }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();

        var before = ThreadCpuClock.Read();
        var burnt = CpuBurner.Burn(TimeSpan.FromMilliseconds(20));
        var charged = ThreadCpuClock.Read() - before;
        await end.CancelAsync();
        await Task.WhenAll(others);

        Assert.InRange(charged, burnt, burnt + TimeSpan.FromMilliseconds(1));
        Assert.InRange(burnt, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(22));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(24)]
    [InlineData(1000)]
    [InlineData(4096)]
    [InlineData(4104)]
    [InlineData(4112)]
    [InlineData(100_000)]
    [InlineData(10_000_000)]
    public void Garbage_is_exact_to_the_byte(int bytes)
    {
        HeapAllocator.Allocate(bytes);

        // A collection gives up the rest of the thread's allocation context, which then counts as allocated.
        var (allocated, wasCollected) = (0L, true);
        for (var attempt = 0; wasCollected && attempt < 100; attempt++)
        {
            var collections = GC.CollectionCount(0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            HeapAllocator.Allocate(bytes);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            wasCollected = GC.CollectionCount(0) != collections;
        }

        Assert.Equal(bytes, allocated);
    }

    [Fact]
    public async Task Who_waits_waits_as_long_as_asked_and_in_turn()
    {
        using var line = new DelayLine(TimeSpan.FromMilliseconds(3));
        await line.StartAsync(TestContext.Current.CancellationToken);
        var finished = new List<int>();
        var waits = Enumerable.Range(0, 20).Select(async number =>
        {
            var clock = Stopwatch.StartNew();
            await line.WaitAsync();
            var waited = clock.Elapsed;
            lock (finished)
            {
                finished.Add(number);
            }

            return waited;
        }).ToArray();

        Assert.All(await Task.WhenAll(waits).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), waited => Assert.True(waited >= TimeSpan.FromMilliseconds(3)));
        Assert.Equal(20, finished.Count);
        await line.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_still_waits_at_the_end_goes_on()
    {
        using var line = new DelayLine(TimeSpan.FromMilliseconds(200));
        await line.StartAsync(TestContext.Current.CancellationToken);
        var waits = Enumerable.Range(0, 3).Select(_ => line.WaitAsync()).ToArray();

        await line.StopAsync(TestContext.Current.CancellationToken);

        await Task.WhenAll(waits).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Bursts_come_again_and_again_until_the_end()
    {
        using var bursts = new BackgroundBursts(new HandicapSettings
        {
            Cpu = TimeSpan.Zero,
            AllocatedBytes = 0,
            Delay = TimeSpan.Zero,
            BurstCpu = TimeSpan.FromMilliseconds(1),
            BurstAllocatedBytes = 8000,
            BurstInterval = TimeSpan.FromMilliseconds(5),
        });
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await bursts.StartAsync(TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        while (bursts.Count < 3)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "Three bursts did not come within a minute.");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await bursts.StopAsync(TestContext.Current.CancellationToken);
        var count = bursts.Count;

        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before >= 8000L * count);
        await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(count, bursts.Count);
    }
}
