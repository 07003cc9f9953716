using System.Diagnostics;

namespace PerfLab.Load;

/// <summary>The clock of schedules and latencies: monotonic nanoseconds from an arbitrary origin.</summary>
internal static class MonotonicClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Gets the time now.</summary>
    public static long NowNanoseconds
    {
        get
        {
            var ticks = Stopwatch.GetTimestamp();
            return Stopwatch.Frequency == NanosecondsPerSecond
                ? ticks
                : (long)(ticks * ((double)NanosecondsPerSecond / Stopwatch.Frequency));
        }
    }

    /// <summary>Converts a span of time, saturating at what a nanosecond count can hold (292 years).</summary>
    public static long ToNanoseconds(TimeSpan span) =>
        span.Ticks > long.MaxValue / TimeSpan.NanosecondsPerTick ? long.MaxValue : span.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Converts nanoseconds to seconds.</summary>
    public static double ToSeconds(long nanoseconds) => nanoseconds / (double)NanosecondsPerSecond;
}
