using PerfLab.Load.Linux;

namespace PerfLab.Load.Drivers;

/// <summary>
/// How much earlier than a start the thread must ask to be woken. A sleeping processor takes some tens of microseconds to
/// come back (about 30 on a small virtual machine); asking that much earlier costs no processor time, because the time
/// passes in waking up. The lead follows the median of what wake-ups cost lately and never exceeds a limit.
/// </summary>
/// <param name="limitNanoseconds">The largest lead; 0 turns learning off.</param>
internal sealed class PacingLead(long limitNanoseconds)
{
    // A step of 1 us finds 30 us within 30 wake-ups and then stays within about 1 us of the median.
    private const long StepNanoseconds = 1_000;

    /// <summary>Gets the present lead.</summary>
    public long Nanoseconds { get; private set; }

    /// <summary>Learns from one wake-up by the clock: how much later than asked for it came.</summary>
    public void Learn(long overshootNanoseconds)
    {
        // One step up when the wake-up cost more than the lead, one down when less, settles at the median
        // (stochastic approximation of a quantile; Robbins and Monro, 1951).
        var step = overshootNanoseconds > Nanoseconds ? StepNanoseconds : -StepNanoseconds;
        Nanoseconds = Math.Clamp(Nanoseconds + step, 0, limitNanoseconds);
    }
}

/// <summary>Puts the calling thread to sleep until a time of <see cref="MonotonicClock"/>, as exactly as the system can.</summary>
/// <param name="lead">How much earlier to ask to be woken.</param>
internal sealed class Sleeper(PacingLead lead) : IDisposable
{
    // Thread.Sleep(1) takes up to 15.6 ms unless a finer timer resolution is requested (Windows); the rest of the time is spun.
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
