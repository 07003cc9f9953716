namespace PerfLab.Load.Drivers;

/// <summary>How a run is doing: totals since its beginning and what happened since the report before.</summary>
public sealed record LoadProgress
{
    /// <summary>Gets the time since the beginning of the run.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Gets the starts that were due.</summary>
    public required long OfferedCount { get; init; }

    /// <summary>Gets the requests begun.</summary>
    public required long StartedCount { get; init; }

    /// <summary>Gets the requests answered as expected.</summary>
    public required long AnsweredCount { get; init; }

    /// <summary>Gets the starts that were dropped because too many requests were in flight.</summary>
    public required long DroppedCount { get; init; }

    /// <summary>Gets the errors of all kinds.</summary>
    public required long ErrorCount { get; init; }

    /// <summary>Gets the requests begun and not ended.</summary>
    public required int InFlightCount { get; init; }

    /// <summary>Gets the time since the report before.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Gets the answers since the report before.</summary>
    public required long WindowAnsweredCount { get; init; }

    /// <summary>Gets the median response time since the report before, to two digits; null without an answer.</summary>
    public required double? WindowP50Seconds { get; init; }

    /// <summary>Gets the 99th percentile of the response time since the report before, to two digits; null without an answer.</summary>
    public required double? WindowP99Seconds { get; init; }

    /// <summary>Gets the longest response time since the report before; null without an answer.</summary>
    public required double? WindowMaxSeconds { get; init; }
}

/// <summary>Makes the reports of one run. Not thread-safe.</summary>
internal sealed class ProgressReporter
{
    // Enough for a display, and read within some tens of microseconds: a report must not make the next start late.
    private const int SignificantDigits = 2;

    private readonly RunTally _tally;
    private readonly IProgress<LoadProgress> _receiver;
    private readonly long _intervalNanoseconds;
    private readonly LatencyHistogram _window = new(SignificantDigits);
    private long _windowStart;
    private long _nextReport;
    private long _reportedEvents;

    private ProgressReporter(RunTally tally, IProgress<LoadProgress> receiver, TimeSpan interval)
    {
        _tally = tally;
        _receiver = receiver;
        _intervalNanoseconds = MonotonicClock.ToNanoseconds(interval);
        _windowStart = tally.StartNanoseconds;
        _nextReport = _windowStart + _intervalNanoseconds;
    }

    /// <summary>Begins if there is a receiver of progress.</summary>
    public static ProgressReporter? CreateIfRequested(RunTally tally, DriverOptions options) =>
        options.Progress is { } receiver ? new ProgressReporter(tally, receiver, options.ProgressInterval) : null;

    public void Record(long responseNanoseconds) => _window.Record(responseNanoseconds);

    /// <summary>Reports when it is time.</summary>
    public void ReportIfDue(long now, int inFlight)
    {
        if (now < _nextReport)
        {
            return;
        }

        Report(now, inFlight);

        // A report that comes late does not make the following ones come in a hurry.
        _nextReport += Math.Max(1, (now - _nextReport + _intervalNanoseconds) / _intervalNanoseconds) * _intervalNanoseconds;
    }

    /// <summary>Reports what has happened since the last report, when anything has.</summary>
    public void ReportRemaining(long now)
    {
        if (EventCount != _reportedEvents)
        {
            Report(now, inFlight: 0);
        }
    }

    private long EventCount => _tally.Offered + _tally.Answered + _tally.ErrorCount;

    private void Report(long now, int inFlight)
    {
        _receiver.Report(Make(now, inFlight));
        _reportedEvents = EventCount;
        _window.Reset();
        _windowStart = now;
    }

    private LoadProgress Make(long now, int inFlight) => new()
    {
        ElapsedSeconds = MonotonicClock.ToSeconds(now - _tally.StartNanoseconds),
        OfferedCount = _tally.Offered,
        StartedCount = _tally.Started,
        AnsweredCount = _tally.Answered,
        DroppedCount = _tally.Dropped,
        ErrorCount = _tally.ErrorCount,
        InFlightCount = inFlight,
        WindowSeconds = MonotonicClock.ToSeconds(now - _windowStart),
        WindowAnsweredCount = _window.Count,
        WindowP50Seconds = _window.SecondsAt(50),
        WindowP99Seconds = _window.SecondsAt(99),
        WindowMaxSeconds = _window.SecondsAt(100),
    };
}
