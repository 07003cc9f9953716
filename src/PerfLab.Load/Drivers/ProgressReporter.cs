using PerfLab.Experiments.Results;

namespace PerfLab.Load.Drivers;

/// <summary>Makes the reports of one run. Not thread-safe.</summary>
internal sealed class ProgressReporter
{
    // Enough for a display, and read within some tens of microseconds: a report must not make the next start late.
    private const int SignificantDigits = 2;

    private readonly RunTally _tally;
    private readonly IProgress<LoadTestSecond> _receiver;
    private readonly long _intervalNanoseconds;
    private readonly LatencyHistogram _window = new(SignificantDigits);
    private long _windowStart;
    private long _nextReport;
    private RequestCounts _reported;

    private ProgressReporter(RunTally tally, IProgress<LoadTestSecond> receiver, TimeSpan interval)
    {
        _tally = tally;
        _reported = tally.ToCounts();
        _receiver = receiver;
        _intervalNanoseconds = MonotonicClock.ToNanoseconds(interval);
        _windowStart = tally.StartNanoseconds;
        _nextReport = _windowStart + _intervalNanoseconds;
    }

    /// <summary>Begins when somebody wants to be told.</summary>
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
        if (_tally.ToCounts() != _reported)
        {
            Report(now, inFlight: 0);
        }
    }

    private void Report(long now, int inFlight)
    {
        var counts = _tally.ToCounts();
        _receiver.Report(new LoadTestSecond
        {
            ElapsedSeconds = MonotonicClock.ToSeconds(now - _tally.StartNanoseconds),
            WindowSeconds = MonotonicClock.ToSeconds(now - _windowStart),
            OfferedCount = counts.Offered - _reported.Offered,
            StartedCount = counts.Started - _reported.Started,
            AnsweredCount = counts.Answered - _reported.Answered,
            DroppedCount = counts.Dropped - _reported.Dropped,
            ErrorCount = counts.Errors - _reported.Errors,
            InFlightCount = inFlight,
            P50Seconds = _window.SecondsAt(50),
            P99Seconds = _window.SecondsAt(99),
            MaxSeconds = _window.SecondsAt(100),
        });
        _reported = counts;
        _window.Reset();
        _windowStart = now;
    }
}
