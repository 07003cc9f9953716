using PerfLab.Bench.Load;

namespace PerfLab.Bench.Tests;

public sealed class FreezeArithmeticTests
{
    [Theory]
    // 1 s of 10 s: nine tenths wait for nothing but the delay, the last tenth evenly for 0 to 1 s.
    [InlineData(50, 0.01)]
    [InlineData(90, 0.01)]
    [InlineData(95, 0.51)]
    [InlineData(99, 0.91)]
    [InlineData(99.9, 1.0)]
    [InlineData(100, 1.01)]
    public void The_last_tenth_waits_evenly(double percentile, double seconds) =>
        Assert.Equal(seconds, FreezeModel.ResponseSeconds(percentile, 10, 1, 0.01), tolerance: 1e-9);
}
