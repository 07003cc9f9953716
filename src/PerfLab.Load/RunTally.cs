using PerfLab.Load.Outcomes;
using PerfLab.Load.Timing;

namespace PerfLab.Load;

/// <summary>The counts of one run while it lasts.</summary>
internal sealed class RunTally(long startNanoseconds)
{
    private readonly ErrorTally _errors = new();
    private long _lastOutcomeNanoseconds = startNanoseconds;

    public long StartNanoseconds { get; } = startNanoseconds;

    public long Offered { get; set; }

    public long Started { get; set; }

    public long Dropped { get; set; }

    public long Answered { get; private set; }

    public long ErrorCount { get; private set; }

    public void CountAnswer(long nowNanoseconds)
    {
        Answered++;
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

    public LoadResult ToResult(TimeSpan? scheduled, bool wasCancelled, double? cpuSeconds, long received, long? sent, long? opened) => new()
    {
        OfferedCount = Offered,
        StartedCount = Started,
        AnsweredCount = Answered,
        DroppedCount = Dropped,
        Errors = _errors.ToCounts(),
        ErrorExamples = _errors.ToExamples(),
        ScheduledSeconds = scheduled?.TotalSeconds ?? MonotonicClock.ToSeconds(_lastOutcomeNanoseconds - StartNanoseconds),
        ElapsedSeconds = MonotonicClock.ToSeconds(_lastOutcomeNanoseconds - StartNanoseconds),
        GeneratorCpuSeconds = cpuSeconds,
        BytesReceived = received,
        BytesSent = sent,
        ConnectionsOpened = opened,
        WasCancelled = wasCancelled,
    };
}
