using System.Diagnostics;
using PerfLab.Load.Linux;

namespace PerfLab.Load.Tests;

public sealed class EpollSetTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wait_ends_when_its_time_has_passed_and_not_before(bool forceTimerDescriptor)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "epoll is Linux");
        using var epoll = new EpollSet(8, forceTimerDescriptor);
        foreach (var microseconds in (int[])[100, 2_500, 30_000])
        {
            var clock = Stopwatch.StartNew();
            Assert.Equal(0, epoll.Wait(microseconds * 1000L));

            Assert.InRange(clock.Elapsed.TotalMicroseconds, microseconds, 30_000_000);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wait_of_zero_looks_once(bool forceTimerDescriptor)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "epoll is Linux");
        using var epoll = new EpollSet(8, forceTimerDescriptor);

        Assert.Equal(0, epoll.Wait(0));
        Assert.Equal(0, epoll.Wait(-5));
    }
}
