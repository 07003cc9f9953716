using PerfLab.Load.Linux;

namespace PerfLab.Load.Timing;

/// <summary>Puts the calling thread to sleep until a time of <see cref="MonotonicClock"/>, as exactly as the system can.</summary>
/// <param name="lead">How much earlier to ask to be woken.</param>
internal sealed class Sleeper(PacingLead lead) : IDisposable
{
    // Thread.Sleep(1) takes up to 15.6 ms where nobody asked for finer timers (Windows); the rest of the time is spun.
    private const long CoarseSleepNanoseconds = 20_000_000;

    private readonly EpollSet? _timer = OperatingSystem.IsLinux() ? new EpollSet(1) : null;

    public void SleepUntil(long wakeAtNanoseconds)
    {
        var askFor = wakeAtNanoseconds - lead.Nanoseconds;
        for (var now = MonotonicClock.NowNanoseconds; now < wakeAtNanoseconds; now = MonotonicClock.NowNanoseconds)
        {
            if (_timer is not null && now < askFor)
            {
                _timer.Wait(askFor - now);
                lead.Learn(MonotonicClock.NowNanoseconds - askFor);
            }
            else if (_timer is null && wakeAtNanoseconds - now > CoarseSleepNanoseconds)
            {
                Thread.Sleep(1);
            }
            else
            {
                Thread.SpinWait(20);
            }
        }
    }

    public void Dispose() => _timer?.Dispose();
}
