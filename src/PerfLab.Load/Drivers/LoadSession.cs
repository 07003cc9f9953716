using PerfLab.Load.Simulations;

namespace PerfLab.Load.Drivers;

/// <summary>Carries out phases of load one after the other.</summary>
public static class LoadSession
{
    /// <summary>Runs the phases and adds their results up. Warm up before, with a recorder of its own.</summary>
    /// <param name="driver">Makes the load.</param>
    /// <param name="phases">In order.</param>
    /// <param name="recorder">Receives the durations of all phases.</param>
    /// <param name="cancellationToken">Ends the session early; what was measured is returned.</param>
    public static LoadResult Run(IRequestDriver driver, IReadOnlyList<LoadPhase> phases, LatencyRecorder recorder, CancellationToken cancellationToken)
    {
        var results = new List<LoadResult>();
        foreach (var phase in phases)
        {
            switch (phase)
            {
                case LoadPhase.Open(var schedule):
                    var end = MonotonicClock.NowNanoseconds + MonotonicClock.ToNanoseconds(schedule.Duration);
                    results.Add(driver.RunOpen(schedule, recorder, cancellationToken));
                    WaitUntil(end, cancellationToken);
                    break;
                case LoadPhase.Closed(var load):
                    results.Add(driver.RunClosed(load, recorder, cancellationToken));
                    break;
                case LoadPhase.Pause(var during):
                    cancellationToken.WaitHandle.WaitOne(during);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(phases), phase, "This phase of load is not known here.");
            }

            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        return LoadResult.Combine(results) with { WasCancelled = cancellationToken.IsCancellationRequested };
    }

    // A driver is done with the last answer; a pause at the end of a schedule, before a closed loop, lasts longer.
    private static void WaitUntil(long nanoseconds, CancellationToken cancellationToken)
    {
        var milliseconds = (nanoseconds - MonotonicClock.NowNanoseconds) / 1_000_000;
        if (milliseconds > 0)
        {
            cancellationToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(milliseconds));
        }
    }
}
