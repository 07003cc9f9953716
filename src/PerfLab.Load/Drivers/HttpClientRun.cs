using PerfLab.Load.Simulations;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Drivers;

/// <summary>One run over HttpClient: requests end on any thread, so everything counted is behind one lock.</summary>
internal sealed class HttpClientRun : IDisposable
{
    // As in the closed loop over sockets: a target that refuses is asked again a hundred times a second.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(10);

    // How often the number of users is looked at.
    private static readonly TimeSpan UserCheckInterval = TimeSpan.FromMilliseconds(10);

    private readonly object _gate = new();
    private readonly HttpRequestSender _exchanges;
    private readonly LatencyRecorder _recorder;
    private readonly CancellationTokenSource _abandon;
    private readonly CancellationToken _cancelled;
    private readonly ProgressReporter? _reports;
    private readonly RequestJournal? _journal;
    private readonly RequestBreakdown? _breakdown;
    private readonly Timer? _reporting;
    // Offered and not ended yet; a request that waits for its thread is not in flight.
    private int _pending;
    private int _inFlight;
    private int _users;
    private long _iterations;
    private bool _drainLimitPassed;

    public HttpClientRun(HttpRequestSender exchanges, LatencyRecorder recorder, DriverOptions options, TimeSpan? scheduled, CancellationToken cancellationToken)
    {
        _exchanges = exchanges;
        _recorder = recorder;
        _cancelled = cancellationToken;
        _journal = options.Journal;
        _breakdown = options.Breakdown;
        _abandon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Tally = new RunTally(MonotonicClock.NowNanoseconds, scheduled);
        _reports = ProgressReporter.CreateIfRequested(Tally, options);
        _reporting = _reports is null ? null : new Timer(Report, null, options.ProgressInterval, options.ProgressInterval);
    }

    public RunTally Tally { get; }

    public long BodyBytes { get; private set; }

    private double ElapsedSeconds => MonotonicClock.ToSeconds(MonotonicClock.NowNanoseconds - Tally.StartNanoseconds);

    /// <summary>Starts a request of an open loop, or drops it when too many are in flight.</summary>
    public void Offer(int request, long intendedNanoseconds, int maxInFlight)
    {
        lock (_gate)
        {
            Tally.Offered++;
            _breakdown?.Offered(request);
            if (_pending >= maxInFlight)
            {
                Tally.Dropped++;
                return;
            }

            _pending++;
        }

        _ = ExchangeOnce(request, intendedNanoseconds);
    }

    /// <summary>Waits until a request may be started without exceeding the bound, up to a limit.</summary>
    public void WaitForCapacity(int maxInFlight, long limitNanoseconds) => WaitFor(() => _pending < maxInFlight, limitNanoseconds);

    /// <summary>Runs a closed loop until no new requests are due; those in flight are left to <see cref="Drain"/>.</summary>
    public void RunUsers(ClosedLoad load, MixCursor cursor)
    {
        lock (_gate)
        {
            while (!IsOver(load))
            {
                while (MayStart(load))
                {
                    // On a thread of the pool: a loop that goes on synchronously must not run inside this one.
                    Tally.Offered++;
                    _iterations++;
                    _users++;
                    _ = Task.Run(() => ServeUser(load, cursor), CancellationToken.None);
                }

                Monitor.Wait(_gate, UserCheckInterval);
            }
        }
    }

    /// <summary>Waits for what is in flight; what is left at the limit is given up.</summary>
    public void Drain(long limitNanoseconds)
    {
        if (!WaitUntilIdle(limitNanoseconds))
        {
            lock (_gate)
            {
                _drainLimitPassed = true;
            }

            _abandon.Cancel();

            // Cancelled requests end by themselves within moments; the limit is for a fault of ours.
            if (!WaitUntilIdle(MonotonicClock.NowNanoseconds + 10_000_000_000))
            {
                throw new TimeoutException($"{_pending + _users} cancelled requests did not end within 10 s (driver httpclient). Please report this as a bug of the load driver.");
            }
        }
    }

    /// <summary>Reports what has happened since the last report.</summary>
    public void ReportRemaining()
    {
        lock (_gate)
        {
            _reports?.ReportRemaining(MonotonicClock.NowNanoseconds);
        }
    }

    public void Dispose()
    {
        _reporting?.Dispose();
        _abandon.Dispose();
    }

    private bool WaitUntilIdle(long limitNanoseconds) => WaitFor(() => _pending == 0 && _users == 0, limitNanoseconds);

    private bool WaitFor(Func<bool> holds, long limitNanoseconds)
    {
        lock (_gate)
        {
            while (!holds())
            {
                var left = limitNanoseconds - MonotonicClock.NowNanoseconds;
                if (left <= 0)
                {
                    return false;
                }

                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(Math.Min(1000, (left / 1_000_000) + 1)));
            }

            return true;
        }
    }

    private void Report(object? state)
    {
        lock (_gate)
        {
            _reports?.ReportIfDue(MonotonicClock.NowNanoseconds, _inFlight);
        }
    }

    private bool IsOver(ClosedLoad load) =>
        _abandon.IsCancellationRequested
        || _iterations >= load.MaxIterations
        || ElapsedSeconds >= load.Duration?.TotalSeconds;

    private bool MayStart(ClosedLoad load) => !IsOver(load) && _users < load.UsersAt(ElapsedSeconds);

    // One user after its first request was granted: goes on for as long as there may be as many users.
    private async Task ServeUser(ClosedLoad load, MixCursor cursor)
    {
        while (true)
        {
            int request;
            lock (_gate)
            {
                request = cursor.Next();
                _breakdown?.Offered(request);
            }

            if (!await Exchange(request, intendedNanoseconds: null))
            {
                await Task.Delay(RetryDelay, CancellationToken.None);
            }

            lock (_gate)
            {
                _users--;
                if (!MayStart(load))
                {
                    Monitor.PulseAll(_gate);
                    return;
                }

                Tally.Offered++;
                _iterations++;
                _users++;
            }
        }
    }

    private async Task ExchangeOnce(int request, long intendedNanoseconds)
    {
        await Exchange(request, intendedNanoseconds);
        lock (_gate)
        {
            _pending--;
            Monitor.PulseAll(_gate);
        }
    }

    private async Task<bool> Exchange(int request, long? intendedNanoseconds)
    {
        var sent = MonotonicClock.NowNanoseconds;
        lock (_gate)
        {
            _inFlight++;
            Tally.Started++;
            if (intendedNanoseconds is { } intended)
            {
                _recorder.RecordLateness(sent - intended);
            }
        }

        var outcome = await _exchanges.Send(request, _abandon.Token);
        var done = MonotonicClock.NowNanoseconds;
        lock (_gate)
        {
            _inFlight--;
            Count(outcome, intendedNanoseconds ?? sent, sent, done);
            Note(request, KindOf(outcome), intendedNanoseconds ?? sent, done);
        }

        return outcome.Kind is null;
    }

    // Given up at the end of draining, not by the user.
    private ErrorKind? KindOf(HttpExchangeResult outcome) =>
        outcome.Kind == ErrorKind.Cancelled && _drainLimitPassed && !_cancelled.IsCancellationRequested ? ErrorKind.RequestTimeout : outcome.Kind;

    private void Note(int request, ErrorKind? failure, long intended, long done)
    {
        if (failure is not { } kind)
        {
            _breakdown?.Answered(request, done - intended, Tally.IsInWindow(done));
            _journal?.Answered(request, intended - Tally.StartNanoseconds, done - intended);
        }
        else
        {
            _breakdown?.Failed(request, kind);
            _journal?.Failed(request, intended - Tally.StartNanoseconds, done - intended);
        }
    }

    private void Count(HttpExchangeResult outcome, long intended, long sent, long done)
    {
        BodyBytes += outcome.BodyBytes;
        if (KindOf(outcome) is not { } kind)
        {
            Tally.CountAnswer(done);
            _recorder.RecordAnswer(intended, sent, done);
            _reports?.Record(done - intended);
            return;
        }

        Tally.CountError(kind, outcome.Text, done);
    }
}
