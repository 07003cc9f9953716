using PerfLab.Runner.Readings;

namespace PerfLab.Runner.Tests;

public sealed class CompilerClockTests
{
    [Fact]
    public void This_process_has_compiled_and_the_clock_never_runs_backwards()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var clock = new JitThreadClock(Environment.ProcessId);
        var previous = 0.0;
        for (var look = 0; look < 50; look++)
        {
            var now = clock.ReadSeconds();
            Assert.NotNull(now);
            Assert.True(now >= previous);
            previous = now.Value;
        }

        Assert.True(previous <= Environment.CpuUsage.TotalTime.TotalSeconds);
    }

    [Fact]
    public void A_process_that_is_not_there_is_not_measured() => Assert.Null(new JitThreadClock(int.MaxValue).ReadSeconds());
}
