namespace PerfLab.Load;

/// <summary>
/// Makes load on one endpoint and keeps its connections from run to run. Not thread-safe: one call at a time. The calling
/// thread does the pacing, with sockets everything; prepare it with <see cref="GeneratorThread.Prepare"/>.
/// </summary>
public interface IRequestDriver : IDisposable
{
    /// <summary>Starts requests by a schedule, whatever the target answers, and waits for the last answer up to the drain limit.</summary>
    /// <param name="schedule">When requests start, from now on.</param>
    /// <param name="recorder">Receives the durations.</param>
    /// <param name="cancellationToken">Ends the run early; what was measured is returned.</param>
    LoadResult RunOpen(ArrivalSchedule schedule, LatencyRecorder recorder, CancellationToken cancellationToken);

    /// <summary>Keeps users busy: each answer starts the user's next request. For pilots and warm-ups; no lateness is recorded.</summary>
    /// <param name="load">Users over time.</param>
    /// <param name="recorder">Receives the durations; response time equals service time.</param>
    /// <param name="cancellationToken">Ends the run early; what was measured is returned.</param>
    LoadResult RunClosed(ClosedLoad load, LatencyRecorder recorder, CancellationToken cancellationToken);

    /// <summary>Keeps a number of requests in flight.</summary>
    /// <param name="connections">Requests in flight, at least 1.</param>
    /// <param name="duration">How long new requests are started.</param>
    /// <param name="recorder">Receives the durations; response time equals service time.</param>
    /// <param name="cancellationToken">Ends the run early; what was measured is returned.</param>
    LoadResult RunClosed(int connections, TimeSpan duration, LatencyRecorder recorder, CancellationToken cancellationToken) =>
        RunClosed(ClosedLoad.Constant(connections, duration), recorder, cancellationToken);
}
