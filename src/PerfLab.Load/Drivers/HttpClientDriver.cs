using System.Net.Http;
using PerfLab.Load.Simulations;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Drivers;

/// <summary>The driver over .NET's own HTTP client.</summary>
internal sealed class HttpClientDriver : IRequestDriver
{
    private readonly HttpRequestSender _exchanges;
    private readonly DriverOptions _options;
    private readonly Sleeper _sleeper;
    private readonly MixCursor _openCursor;
    private readonly MixCursor _closedCursor;

    public HttpClientDriver(Uri baseAddress, RequestMix mix, DriverOptions options)
    {
        _options = options;
        _openCursor = mix.NewCursor();
        _closedCursor = options.KeepsOneOrder ? _openCursor : mix.NewCursor();
        _exchanges = new HttpRequestSender(baseAddress, mix, options);
        _sleeper = new Sleeper(new PacingLead(MonotonicClock.ToNanoseconds(options.MaxPacingLead)));
    }

    public LoadResult RunOpen(ArrivalSchedule schedule, LatencyRecorder recorder, CancellationToken cancellationToken)
    {
        var cpuBefore = Environment.CpuUsage.TotalTime;
        using var run = new HttpClientRun(_exchanges, recorder, _options, schedule.Duration, cancellationToken);
        var start = run.Tally.StartNanoseconds;
        var end = start + MonotonicClock.ToNanoseconds(schedule.Duration);
        var drainEnd = end + MonotonicClock.ToNanoseconds(_options.DrainLimit);
        var offsets = schedule.OffsetsNanoseconds;
        for (var next = 0; next < offsets.Length && SleepUntil(start + offsets[next], cancellationToken); next++)
        {
            if (_options.WhenBusy == BusyPolicy.Wait)
            {
                run.WaitForCapacity(_options.MaxInFlight, drainEnd);
            }

            run.Offer(_openCursor.Next(), start + offsets[next], _options.MaxInFlight);
        }

        run.Drain(drainEnd);
        if (_options.LastsItsSchedule)
        {
            SleepUntil(end, cancellationToken);
        }

        return Finish(run, cpuBefore, cancellationToken);
    }

    public LoadResult RunClosed(ClosedLoad load, LatencyRecorder recorder, CancellationToken cancellationToken)
    {
        var cpuBefore = Environment.CpuUsage.TotalTime;
        using var run = new HttpClientRun(_exchanges, recorder, _options, load.Duration, cancellationToken);
        run.RunUsers(load, _closedCursor);
        run.Drain(MonotonicClock.NowNanoseconds + MonotonicClock.ToNanoseconds(_options.DrainLimit));
        return Finish(run, cpuBefore, cancellationToken);
    }

    public void Dispose()
    {
        _exchanges.Dispose();
        _sleeper.Dispose();
    }

    private static LoadResult Finish(HttpClientRun run, TimeSpan cpuBefore, CancellationToken cancellationToken)
    {
        run.ReportRemaining();
        return run.Tally.ToResult(
            cancellationToken.IsCancellationRequested,
            (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds,
            run.BodyBytes,
            sent: null,
            opened: null);
    }

    private bool SleepUntil(long wakeAtNanoseconds, CancellationToken cancellationToken)
    {
        // In pieces, so that cancelling is noticed.
        const long piece = 50_000_000;
        for (var now = MonotonicClock.NowNanoseconds; now < wakeAtNanoseconds; now = MonotonicClock.NowNanoseconds)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            _sleeper.SleepUntil(Math.Min(wakeAtNanoseconds, now + piece));
        }

        return !cancellationToken.IsCancellationRequested;
    }
}
