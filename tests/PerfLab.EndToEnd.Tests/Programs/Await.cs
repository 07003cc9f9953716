using System.Diagnostics;

namespace PerfLab.EndToEnd.Tests.Programs;

/// <summary>Waits for what another process does.</summary>
public static class Await
{
    /// <exception cref="TimeoutException">It did not become true within a minute.</exception>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > TimeSpan.FromMinutes(1))
            {
                throw new TimeoutException($"Waited one minute in vain: {what}.");
            }

            await Task.Delay(20);
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
