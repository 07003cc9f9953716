using System.Diagnostics;

namespace PerfLab.EndToEnd.Tests.Programs;

/// <summary>Waits for what another process does.</summary>
public static class Await
{
    // Three message brokers that start beside two other tests on two processors take more than a minute.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <exception cref="TimeoutException">It did not become true within three minutes.</exception>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > s_limit)
            {
                throw new TimeoutException($"Waited {s_limit.TotalMinutes:0} minutes in vain: {what}.");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Tells whether a process has ended.</summary>
    public static bool IsGone(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true; // There is no such process.
        }
    }
}
