using System.Runtime.InteropServices;

namespace PerfLab.Collector.Costs;

/// <summary>CPU time of the calling thread (clock_gettime(2), CLOCK_THREAD_CPUTIME_ID), exact to a nanosecond on Linux.</summary>
internal static unsafe partial class ThreadClock
{
    private const int ThreadCpuClock = 3;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly bool IsKnown = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Reads the clock; null where the platform has none.</summary>
    public static long? ReadNanoseconds()
    {
        if (!IsKnown)
        {
            return null;
        }

        // struct timespec of 64-bit Linux: seconds, nanoseconds.
        var time = stackalloc long[2];
        return ClockGetTime(ThreadCpuClock, time) == 0 ? (time[0] * NanosecondsPerSecond) + time[1] : null;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, long* time);
}
