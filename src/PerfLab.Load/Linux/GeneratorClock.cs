namespace PerfLab.Load.Linux;

/// <summary>The processor time that the calling thread has used.</summary>
internal static unsafe class GeneratorClock
{
    private const int ClockThreadCpuTime = 3;

    /// <summary>Gets it in nanoseconds, or null when the system does not say.</summary>
    public static long? ThreadCpuNanoseconds
    {
        get
        {
            TimeSpec time;
            return LibC.ClockGetTime(ClockThreadCpuTime, &time) == 0 ? time.TotalNanoseconds : null;
        }
    }
}
