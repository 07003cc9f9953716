using PerfLab.Load.Linux;
using PerfLab.Load.Simulations;
using PerfLab.Load.Sockets;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Drivers;

/// <summary>The driver over raw sockets.</summary>
internal sealed class SocketDriver : IRequestDriver
{
    private readonly PreparedRequests _requests;
    private readonly DriverOptions _options;
    private readonly SocketEngine _engine;
    private readonly PacingLead _lead;
    private int _wantedConnections;

    // Warm-ups of different lengths must not shift the order of the measured requests: each kind of loop has its own, unless one is asked for.
    private readonly MixCursor _openCursor;
    private readonly MixCursor _closedCursor;

    public SocketDriver(RequestMix mix, DriverOptions options, SocketEngineOptions settings)
    {
        _requests = mix.Prepare();
        _openCursor = mix.NewCursor();
        _closedCursor = options.KeepsOneOrder ? _openCursor : mix.NewCursor();
        _options = options;
        _engine = new SocketEngine(settings) { Observer = NoObserver.Instance };
        _lead = new PacingLead(MonotonicClock.ToNanoseconds(options.MaxPacingLead));
    }

    public LoadResult RunOpen(ArrivalSchedule schedule, LatencyRecorder recorder, CancellationToken cancellationToken)
    {
        var before = Begin();
        var run = new OpenLoopRun(_engine, _requests, _openCursor, recorder, _options, _lead, schedule);
        var wasCancelled = run.Run(cancellationToken);
        return Finish(run.Tally, wasCancelled, before);
    }

    public LoadResult RunClosed(ClosedLoad load, LatencyRecorder recorder, CancellationToken cancellationToken)
    {
        var before = Begin();
        var run = new ClosedLoopRun(_engine, _requests, _closedCursor, recorder, _options, load);
        var wasCancelled = run.Run(cancellationToken);
        return Finish(run.Tally, wasCancelled, before);
    }

    public void Dispose() => _engine.Dispose();

    private (long? Cpu, long Received, long Sent, long Opened) Begin()
    {
        // Timers of other threads and earlier callers keep their slack; this thread is the generator's while it is here.
        _ = ThreadScheduling.SetTimerSlack(1);

        // Connections that the target has closed since the last run, or may close soon, are replaced before the first start, not by it.
        _engine.OpenIdle(_wantedConnections);
        return (ThreadCpuTime.ThreadCpuNanoseconds, _engine.BytesReceived, _engine.BytesSent, _engine.ConnectionsOpened);
    }

    private LoadResult Finish(RunTally tally, bool wasCancelled, (long? Cpu, long Received, long Sent, long Opened) before)
    {
        _engine.Observer = NoObserver.Instance;
        _wantedConnections = _engine.CountIdleSince(tally.StartNanoseconds);
        var cpu = ThreadCpuTime.ThreadCpuNanoseconds - before.Cpu;
        return tally.ToResult(
            wasCancelled,
            cpu is { } nanoseconds ? MonotonicClock.ToSeconds(nanoseconds) : null,
            _engine.BytesReceived - before.Received,
            _engine.BytesSent - before.Sent,
            _engine.ConnectionsOpened - before.Opened);
    }

    /// <summary>Between runs no request is in flight, so nothing is ever told.</summary>
    private sealed class NoObserver : IExchangeObserver
    {
        public static NoObserver Instance { get; } = new();

        public void Sent(PreparedRequest request, long intendedNanoseconds, long sentNanoseconds)
        {
        }

        public void Answered(PreparedRequest request, long intendedNanoseconds, long sentNanoseconds, long doneNanoseconds)
        {
        }

        public void Refused(PreparedRequest request, long intendedNanoseconds, int status, ReadOnlySpan<byte> location, long nowNanoseconds)
        {
        }

        public void Failed(PreparedRequest request, long intendedNanoseconds, ErrorKind kind, int code, long nowNanoseconds)
        {
        }
    }
}
