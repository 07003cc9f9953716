using PerfLab.Load.Outcomes;
using PerfLab.Load.Timing;

namespace PerfLab.Load;

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

    public void CountAnswer(long nowNanoseconds)
    {
        Answered++;
        if (nowNanoseconds <= _windowEndNanoseconds)
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

    public void CountError(ErrorKind kind, string text, long nowNanoseconds)
    {
        ErrorCount++;
        _errors.Count(kind, text);
        _lastOutcomeNanoseconds = nowNanoseconds;
    }

    public LoadResult ToResult(bool wasCancelled, double? cpuSeconds, long received, long? sent, long? opened) => new()
    {
        OfferedCount = Offered,
        StartedCount = Started,
        AnsweredCount = Answered,
        AnsweredInWindowCount = AnsweredInWindow,
        DroppedCount = Dropped,
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
