using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Load;

/// <summary>What one run of a driver did.</summary>
public sealed record LoadResult
{
    /// <summary>Gets the requests by how they ended; those in the window are the answers within <see cref="WindowSeconds"/>.</summary>
    public required RequestCounts Counts { get; init; }

    /// <summary>Gets the errors by kind: keys are <see cref="ErrorKind"/> in snake case, kinds that did not occur are absent.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>Gets one sentence about the first error of each kind.</summary>
    public required IReadOnlyDictionary<string, string> ErrorExamples { get; init; }

    /// <summary>Gets the length of the schedule, or of the closed loop; of one that a number of iterations ends, the time it took.</summary>
    public required double ScheduledSeconds { get; init; }

    /// <summary>
    /// Gets the measured window: the time in which requests were started. Equal to <see cref="ScheduledSeconds"/> unless the run
    /// was cancelled. Rates are counts over this time.
    /// </summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Gets the time from the beginning until the last request ended, one way or another; never 0 when one was started.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>
    /// Gets the processor time that making the load took, or null when the system does not say: of the generating thread for
    /// sockets, of the whole process for HttpClient, which works on threads of the pool.
    /// </summary>
    public required double? GeneratorCpuSeconds { get; init; }

    /// <summary>Gets the bytes received, heads and framing included; of HttpClient the bytes of bodies.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Gets the bytes sent, or null when the driver does not know (HttpClient).</summary>
    public required long? BytesSent { get; init; }

    /// <summary>Gets the connections made, or null when the driver does not know (HttpClient).</summary>
    public required long? ConnectionsOpened { get; init; }

    /// <summary>Gets whether the run was cancelled before its end.</summary>
    public required bool WasCancelled { get; init; }

    /// <summary>Adds results of runs that followed each other: counts, seconds and bytes; of examples the first of each kind.</summary>
    /// <param name="results">Any number; none gives a result of nothing.</param>
    public static LoadResult Combine(IReadOnlyList<LoadResult> results) => new()
    {
        Counts = new RequestCounts
        {
            Offered = results.Sum(result => result.Counts.Offered),
            Started = results.Sum(result => result.Counts.Started),
            Answered = results.Sum(result => result.Counts.Answered),
            AnsweredInWindow = results.Sum(result => result.Counts.AnsweredInWindow),
            Dropped = results.Sum(result => result.Counts.Dropped),
            Late = null,
            Errors = results.Sum(result => result.Counts.Errors),
        },
        Errors = new SortedDictionary<string, long>(
            results.SelectMany(result => result.Errors)
                .GroupBy(error => error.Key, StringComparer.Ordinal)
                .ToDictionary(kind => kind.Key, kind => kind.Sum(error => error.Value), StringComparer.Ordinal),
            StringComparer.Ordinal),
        ErrorExamples = new SortedDictionary<string, string>(
            results.SelectMany(result => result.ErrorExamples)
                .GroupBy(example => example.Key, StringComparer.Ordinal)
                .ToDictionary(kind => kind.Key, kind => kind.First().Value, StringComparer.Ordinal),
            StringComparer.Ordinal),
        ScheduledSeconds = results.Sum(result => result.ScheduledSeconds),
        WindowSeconds = results.Sum(result => result.WindowSeconds),
        ElapsedSeconds = results.Sum(result => result.ElapsedSeconds),
        GeneratorCpuSeconds = SumOrNull(results, result => result.GeneratorCpuSeconds),
        BytesReceived = results.Sum(result => result.BytesReceived),
        BytesSent = results.Any(result => result.BytesSent is null) ? null : results.Sum(result => result.BytesSent),
        ConnectionsOpened = results.Any(result => result.ConnectionsOpened is null) ? null : results.Sum(result => result.ConnectionsOpened),
        WasCancelled = results.Any(result => result.WasCancelled),
    };

    private static double? SumOrNull(IReadOnlyList<LoadResult> results, Func<LoadResult, double?> select) =>
        results.Any(result => select(result) is null) ? null : results.Sum(select);
}

/// <summary>The counts of one run while it lasts.</summary>
/// <param name="startNanoseconds">Its beginning.</param>
/// <param name="scheduled">How long requests are started; null when their number ends the run.</param>
internal sealed class RunTally(long startNanoseconds, TimeSpan? scheduled)
{
    private readonly ErrorTally _errors = new();
    private readonly long _windowEndNanoseconds =
        scheduled is { } length ? startNanoseconds + MonotonicClock.ToNanoseconds(length) : long.MaxValue;

    private long _lastOutcomeNanoseconds = startNanoseconds;

    public long StartNanoseconds { get; } = startNanoseconds;

    public long Offered { get; set; }

    public long Started { get; set; }

    public long Dropped { get; set; }

    public long Answered { get; private set; }

    public long AnsweredInWindow { get; private set; }

    public long ErrorCount { get; private set; }

    /// <summary>Says whether a moment lies in the measured window.</summary>
    public bool IsInWindow(long nowNanoseconds) => nowNanoseconds <= _windowEndNanoseconds;

    public void CountAnswer(long nowNanoseconds)
    {
        Answered++;
        if (IsInWindow(nowNanoseconds))
        {
            AnsweredInWindow++;
        }

        _lastOutcomeNanoseconds = nowNanoseconds;
    }

    public void CountError(ErrorKind kind, int code, long nowNanoseconds)
    {
        ErrorCount++;
        _errors.Count(kind, code);
        _lastOutcomeNanoseconds = nowNanoseconds;
    }

    public void CountStatus(int status, StatusExpectation expected, ReadOnlySpan<byte> location, long nowNanoseconds)
    {
        ErrorCount++;
        _errors.CountStatus(status, expected, location);
        _lastOutcomeNanoseconds = nowNanoseconds;
    }

    public void CountError(ErrorKind kind, string text, long nowNanoseconds)
    {
        ErrorCount++;
        _errors.Count(kind, text);
        _lastOutcomeNanoseconds = nowNanoseconds;
    }

    public RequestCounts ToCounts() => new()
    {
        Offered = Offered,
        Started = Started,
        Answered = Answered,
        AnsweredInWindow = AnsweredInWindow,
        Dropped = Dropped,
        Late = null,
        Errors = ErrorCount,
    };

    public LoadResult ToResult(bool wasCancelled, double? cpuSeconds, long received, long? sent, long? opened) => new()
    {
        Counts = ToCounts(),
        Errors = _errors.ToCounts(),
        ErrorExamples = _errors.ToExamples(),
        ScheduledSeconds = scheduled?.TotalSeconds ?? MonotonicClock.ToSeconds(_lastOutcomeNanoseconds - StartNanoseconds),
        WindowSeconds = MonotonicClock.ToSeconds(WindowEnd(wasCancelled) - StartNanoseconds),
        ElapsedSeconds = MonotonicClock.ToSeconds(_lastOutcomeNanoseconds - StartNanoseconds),
        GeneratorCpuSeconds = cpuSeconds,
        BytesReceived = received,
        BytesSent = sent,
        ConnectionsOpened = opened,
        WasCancelled = wasCancelled,
    };

    // A cancelled run has measured until it was cancelled, one that a number of iterations ends until the last answer.
    private long WindowEnd(bool wasCancelled) =>
        wasCancelled ? Math.Min(_windowEndNanoseconds, Math.Max(_lastOutcomeNanoseconds, MonotonicClock.NowNanoseconds))
        : scheduled is null ? _lastOutcomeNanoseconds
        : _windowEndNanoseconds;
}
