using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Shop.Handicaps;

/// <summary>
/// The CPU time of the calling thread, to the nanosecond: the same account that <c>getrusage</c> adds up for the process. Where
/// the system has no such clock (anything but Linux) the wall clock stands in for it, which counts waiting too.
/// </summary>
internal static partial class ThreadCpuClock
{
    // linux/time.h
    private const int ThreadCpuTime = 3;

    /// <summary>Gets the CPU time that the calling thread has used.</summary>
    public static TimeSpan Read()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Stopwatch.GetElapsedTime(0);
        }

        return GetTime(ThreadCpuTime, out var time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
            : throw new InvalidOperationException("The CPU clock of a thread cannot be read. Remove the SHOP_HANDICAP_* variables.");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
