using PerfLab.Load.Simulations;
using PerfLab.Load.Sockets;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Drivers;

/// <summary>One closed-loop run over sockets: each answer starts the next request at once.</summary>
internal sealed class ClosedLoopRun : IExchangeObserver
{
    // So that cancelling and a growing number of users are noticed while nothing happens.
    private const long LongestWaitNanoseconds = 10_000_000;

    // A target that refuses connections is asked again a hundred times a second, not as fast as the processor allows.
    private const long RetryNanoseconds = 10_000_000;

    private readonly SocketEngine _engine;
    private readonly PreparedRequests _requests;
    private readonly MixCursor _cursor;
    private readonly LatencyRecorder _recorder;
    private readonly ClosedLoad _load;
    private readonly DriverOptions _options;
    private readonly ProgressReporter? _reports;
    private long _iterations;
    private bool _isEnding;
    private long _retryAtNanoseconds;

    public ClosedLoopRun(SocketEngine engine, PreparedRequests requests, MixCursor cursor, LatencyRecorder recorder, DriverOptions options, ClosedLoad load)
    {
        _engine = engine;
        _requests = requests;
        _cursor = cursor;
        _recorder = recorder;
        _load = load;
        _options = options;
        engine.Observer = this;
        Tally = new RunTally(MonotonicClock.NowNanoseconds, load.Duration);
        _reports = ProgressReporter.CreateIfRequested(Tally, options);
    }

    public RunTally Tally { get; }

    /// <summary>Runs the load and waits for what is in flight.</summary>
    /// <returns>Whether it was cancelled.</returns>
    public bool Run(CancellationToken cancellationToken)
    {
        var wasCancelled = RunLoop(cancellationToken);
        _reports?.ReportRemaining(MonotonicClock.NowNanoseconds);
        return wasCancelled;
    }

    // A closed loop has no schedule to be late for.
    public void Sent(PreparedRequest request, long intendedNanoseconds, long sentNanoseconds)
    {
    }

    public void Answered(PreparedRequest request, long intendedNanoseconds, long sentNanoseconds, long doneNanoseconds)
    {
        Tally.CountAnswer(doneNanoseconds);
        _recorder.RecordAnswer(sentNanoseconds, sentNanoseconds, doneNanoseconds);
        _reports?.Record(doneNanoseconds - sentNanoseconds);
        _options.Breakdown?.Answered(request.Index, doneNanoseconds - sentNanoseconds, Tally.IsInWindow(doneNanoseconds));
        _requests.Return(request);
        if (MayStart(doneNanoseconds))
        {
            StartIteration(doneNanoseconds);
        }
    }

    public void Refused(PreparedRequest request, long intendedNanoseconds, int status, ReadOnlySpan<byte> location, long nowNanoseconds)
    {
        Tally.CountStatus(status, request.ExpectedStatus, location, nowNanoseconds);
        _options.Breakdown?.Failed(request.Index, ErrorKind.UnexpectedStatus);
        _requests.Return(request);
    }

    public void Failed(PreparedRequest request, long intendedNanoseconds, ErrorKind kind, int code, long nowNanoseconds)
    {
        Tally.CountError(kind, code, nowNanoseconds);
        _options.Breakdown?.Failed(request.Index, kind);
        _requests.Return(request);
        if (kind is ErrorKind.ConnectRefused or ErrorKind.ConnectFailed or ErrorKind.ConnectionReset or ErrorKind.ConnectionClosed)
        {
            _retryAtNanoseconds = nowNanoseconds + RetryNanoseconds;
        }
    }

    private bool RunLoop(CancellationToken cancellationToken)
    {
        var end = _load.Duration is { } duration ? Tally.StartNanoseconds + MonotonicClock.ToNanoseconds(duration) : long.MaxValue;
        var drainEnd = long.MaxValue;
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = MonotonicClock.NowNanoseconds;
            _engine.Expire(now);
            _reports?.ReportIfDue(now, _engine.InFlight);
            if (!_isEnding && (now >= end || _iterations >= _load.MaxIterations))
            {
                _isEnding = true;
                drainEnd = now + MonotonicClock.ToNanoseconds(_options.DrainLimit);
            }

            if (!_isEnding)
            {
                StartMissingUsers(now);
                _engine.Poll(NextWakeUp(now, end) - now);
            }
            else if (_engine.InFlight == 0)
            {
                return false;
            }
            else if (now >= drainEnd)
            {
                _engine.AbandonAll(ErrorKind.RequestTimeout);
                return false;
            }
            else
            {
                _engine.Poll(NextWakeUp(now, drainEnd) - now);
            }
        }

        _isEnding = true;
        _engine.AbandonAll(ErrorKind.Cancelled);
        return true;
    }

    private bool MayStart(long now) =>
        !_isEnding
        && !(_iterations >= _load.MaxIterations)
        && _engine.InFlight < _load.UsersAt(MonotonicClock.ToSeconds(now - Tally.StartNanoseconds));

    private void StartMissingUsers(long now)
    {
        while (now >= _retryAtNanoseconds && MayStart(now))
        {
            StartIteration(now);
        }
    }

    // While users are missing or their number changes, the next look is soon.
    private long NextWakeUp(long now, long limit)
    {
        var interest = Math.Min(limit, Math.Min(_engine.NextDeadlineNanoseconds, now + LongestWaitNanoseconds));
        return _retryAtNanoseconds > now ? Math.Min(interest, _retryAtNanoseconds) : interest;
    }

    private void StartIteration(long now)
    {
        _iterations++;
        Tally.Offered++;
        Tally.Started++;
        var request = _cursor.Next();
        _options.Breakdown?.Offered(request);
        _engine.Start(_requests.Take(request), now);
    }
}
