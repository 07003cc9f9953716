using PerfLab.Load.Outcomes;
using PerfLab.Load.Sockets;
using PerfLab.Load.Timing;

namespace PerfLab.Load;

/// <summary>One closed-loop run over sockets: each answer starts the next request at once.</summary>
internal sealed class ClosedLoopRun : IExchangeObserver
{
    private const long LongestWaitNanoseconds = 50_000_000;

    // A target that refuses connections is asked again a hundred times a second, not as fast as the processor allows.
    private const long RetryNanoseconds = 10_000_000;

    private readonly SocketEngine _engine;
    private readonly RequestMix _mix;
    private readonly LatencyRecorder _recorder;
    private readonly int _connections;
    private long _position;
    private long _endNanoseconds;
    private long _retryAtNanoseconds;

    public ClosedLoopRun(SocketEngine engine, RequestMix mix, LatencyRecorder recorder, int connections)
    {
        _engine = engine;
        _mix = mix;
        _recorder = recorder;
        _connections = connections;
        engine.Observer = this;
        Tally = new RunTally(MonotonicClock.NowNanoseconds);
    }

    public RunTally Tally { get; }

    /// <summary>Runs for a while and waits for what is in flight.</summary>
    /// <returns>Whether it was cancelled.</returns>
    public bool Run(TimeSpan duration, TimeSpan drainLimit, CancellationToken cancellationToken)
    {
        _endNanoseconds = Tally.StartNanoseconds + MonotonicClock.ToNanoseconds(duration);
        var drainEnd = _endNanoseconds + MonotonicClock.ToNanoseconds(drainLimit);
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = MonotonicClock.NowNanoseconds;
            _engine.Expire(now);
            if (now < _endNanoseconds)
            {
                FillUp(now);
                _engine.Poll(NextInterest(now) - now);
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
                _engine.Poll(Math.Min(drainEnd, Math.Min(_engine.NextDeadlineNanoseconds, now + LongestWaitNanoseconds)) - now);
            }
        }

        _endNanoseconds = 0;
        _engine.AbandonAll(ErrorKind.Cancelled);
        return true;
    }

    // A closed loop has no schedule to be late for.
    public void Sent(long intendedNanoseconds, long sentNanoseconds)
    {
    }

    public void Answered(long intendedNanoseconds, long sentNanoseconds, long doneNanoseconds)
    {
        Tally.CountAnswer(doneNanoseconds);
        _recorder.RecordAnswer(sentNanoseconds, sentNanoseconds, doneNanoseconds);
        if (doneNanoseconds < _endNanoseconds)
        {
            StartNext(doneNanoseconds);
        }
    }

    public void Failed(ErrorKind kind, int code, long nowNanoseconds)
    {
        Tally.CountError(kind, code, nowNanoseconds);
        if (kind is ErrorKind.ConnectRefused or ErrorKind.ConnectFailed or ErrorKind.ConnectionReset or ErrorKind.ConnectionClosed)
        {
            _retryAtNanoseconds = nowNanoseconds + RetryNanoseconds;
        }
    }

    private void FillUp(long now)
    {
        while (_engine.InFlight < _connections && now >= _retryAtNanoseconds)
        {
            StartNext(now);
        }
    }

    private long NextInterest(long now)
    {
        var interest = Math.Min(_endNanoseconds, Math.Min(_engine.NextDeadlineNanoseconds, now + LongestWaitNanoseconds));
        return _engine.InFlight < _connections ? Math.Min(interest, _retryAtNanoseconds) : interest;
    }

    private void StartNext(long now)
    {
        Tally.Offered++;
        Tally.Started++;
        _engine.Start(_mix.Prepared[_mix.KindAt(_position++)], now);
    }
}
