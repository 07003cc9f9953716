namespace PerfLab.Collector.Traces;

/// <summary>Dates as spans have them.</summary>
internal static class UnixTime
{
    /// <summary>Gets the date in nanoseconds since 1970.</summary>
    public static long Nanoseconds(TimeProvider time) =>
        (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
