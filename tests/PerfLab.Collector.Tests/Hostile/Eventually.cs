using System.Diagnostics;

namespace PerfLab.Collector.Tests.Hostile;

/// <summary>Waits for what happens on another thread, with a limit.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Limits.Wait, $"Not within {Limits.Wait}: {what}");
            await Task.Delay(5);
        }
    }
}
