using PerfLab.Load.Simulations;
using PerfLab.Load.Sockets;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Drivers;

/// <summary>One open-loop run over sockets: starts requests when their time comes and listens to what becomes of them.</summary>
internal sealed class OpenLoopRun : IExchangeObserver
{
    // So that cancelling is noticed while nothing happens.
    private const long LongestWaitNanoseconds = 50_000_000;

    private readonly SocketEngine _engine;
    private readonly PreparedRequests _requests;
    private readonly MixCursor _cursor;
    private readonly LatencyRecorder _recorder;
    private readonly DriverOptions _options;
    private readonly PacingLead _lead;
    private readonly ArrivalSchedule _schedule;
    private readonly ProgressReporter? _reports;

    public OpenLoopRun(SocketEngine engine, PreparedRequests requests, MixCursor cursor, LatencyRecorder recorder, DriverOptions options, PacingLead lead, ArrivalSchedule schedule)
    {
        _engine = engine;
        _requests = requests;
        _cursor = cursor;
        _recorder = recorder;
        _options = options;
        _lead = lead;
        _schedule = schedule;
        engine.Observer = this;
        Tally = new RunTally(MonotonicClock.NowNanoseconds, schedule.Duration);
        _reports = ProgressReporter.CreateIfRequested(Tally, options);
    }

    public RunTally Tally { get; }

    /// <summary>Runs the schedule and waits for what is in flight, and for the schedule's end where that is wanted.</summary>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>Whether it was cancelled.</returns>
    public bool Run(CancellationToken cancellationToken)
    {
        var wasCancelled = RunLoop(cancellationToken);
        _reports?.ReportRemaining(MonotonicClock.NowNanoseconds);
        return wasCancelled;
    }

    public void Sent(PreparedRequest request, long intendedNanoseconds, long sentNanoseconds) =>
        _recorder.RecordLateness(sentNanoseconds - intendedNanoseconds);

    public void Answered(PreparedRequest request, long intendedNanoseconds, long sentNanoseconds, long doneNanoseconds)
    {
        Tally.CountAnswer(doneNanoseconds);
        _recorder.RecordAnswer(intendedNanoseconds, sentNanoseconds, doneNanoseconds);
        _reports?.Record(doneNanoseconds - intendedNanoseconds);
        _options.Journal?.Answered(request.Index, intendedNanoseconds - Tally.StartNanoseconds, doneNanoseconds - intendedNanoseconds);
        _options.Breakdown?.Answered(request.Index, doneNanoseconds - intendedNanoseconds, Tally.IsInWindow(doneNanoseconds));
        _requests.Return(request);
    }

    public void Refused(PreparedRequest request, long intendedNanoseconds, int status, ReadOnlySpan<byte> location, long nowNanoseconds)
    {
        Tally.CountStatus(status, request.ExpectedStatus, location, nowNanoseconds);
        NoteFailure(request, intendedNanoseconds, ErrorKind.UnexpectedStatus, nowNanoseconds);
    }

    public void Failed(PreparedRequest request, long intendedNanoseconds, ErrorKind kind, int code, long nowNanoseconds)
    {
        Tally.CountError(kind, code, nowNanoseconds);
        NoteFailure(request, intendedNanoseconds, kind, nowNanoseconds);
    }

    private void NoteFailure(PreparedRequest request, long intendedNanoseconds, ErrorKind kind, long nowNanoseconds)
    {
        _options.Breakdown?.Failed(request.Index, kind);
        _options.Journal?.Failed(request.Index, intendedNanoseconds - Tally.StartNanoseconds, nowNanoseconds - intendedNanoseconds);
        _requests.Return(request);
    }

    private bool RunLoop(CancellationToken cancellationToken)
    {
        var offsets = _schedule.OffsetsNanoseconds;
        var start = Tally.StartNanoseconds;
        var end = start + MonotonicClock.ToNanoseconds(_schedule.Duration);
        var drainEnd = end + MonotonicClock.ToNanoseconds(_options.DrainLimit);
        var next = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = MonotonicClock.NowNanoseconds;
            while (next < offsets.Length && start + offsets[next] <= now && MayOffer)
            {
                Offer(start + offsets[next]);
                next++;
                now = MonotonicClock.NowNanoseconds;
            }

            _engine.Expire(now);
            _reports?.ReportIfDue(now, _engine.InFlight);
            if (next < offsets.Length && MayOffer)
            {
                WaitForStart(now, start + offsets[next]);
            }
            else if (next == offsets.Length && _engine.InFlight == 0 && (now >= end || !_options.LastsItsSchedule))
            {
                return false;
            }
            else if (now >= drainEnd)
            {
                DropUnsent(offsets.Length - next);
                return false;
            }
            else
            {
                _engine.Poll(Math.Min(now < end ? end : drainEnd, EarliestInterruption(now)) - now);
            }
        }

        _engine.AbandonAll(ErrorKind.Cancelled);
        return true;
    }

    private bool MayOffer => _options.WhenBusy == BusyPolicy.Drop || _engine.InFlight < _options.MaxInFlight;

    private void DropUnsent(int unsent)
    {
        _engine.AbandonAll(ErrorKind.RequestTimeout);
        for (var request = 0; request < unsent && _options.Breakdown is { } breakdown; request++)
        {
            breakdown.Offered(_cursor.Next());
        }

        Tally.Offered += unsent;
        Tally.Dropped += unsent;
    }

    private void Offer(long intendedNanoseconds)
    {
        // A dropped start uses its request up, so that the order does not depend on how the target answers.
        var request = _cursor.Next();
        Tally.Offered++;
        _options.Breakdown?.Offered(request);
        if (_engine.InFlight >= _options.MaxInFlight)
        {
            Tally.Dropped++;
            return;
        }

        Tally.Started++;
        _engine.Start(_requests.Take(request), intendedNanoseconds);
    }

    private void WaitForStart(long now, long startAt)
    {
        var interruption = EarliestInterruption(now);
        if (interruption < startAt)
        {
            _engine.Poll(interruption - now);
            return;
        }

        // Within the lead this looks again and again without sleeping, so that responses are not kept waiting either.
        var wakeAt = startAt - _lead.Nanoseconds;
        if (_engine.Poll(wakeAt - now) == 0 && wakeAt > now)
        {
            _lead.Learn(MonotonicClock.NowNanoseconds - wakeAt);
        }
    }

    private long EarliestInterruption(long now) => Math.Min(_engine.NextDeadlineNanoseconds, now + LongestWaitNanoseconds);
}
