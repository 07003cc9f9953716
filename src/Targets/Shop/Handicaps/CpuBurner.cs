using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Shop.Handicaps;

/// <summary>Burns CPU time of the calling thread.</summary>
internal static class CpuBurner
{
    // About a tenth of a microsecond between two looks at the clock, so that it is overshot by less than half of one.
    private const int StepsBetweenLooks = 64;

    private static ulong _sink;

    /// <summary>
    /// Computes until the thread's own CPU clock has advanced by as much: what another thread takes away in between is not
    /// counted, and a processor that runs slower burns as long.
    /// </summary>
    /// <param name="time">CPU time to burn.</param>
    /// <returns>CPU time burnt; a little more.</returns>
    public static TimeSpan Burn(TimeSpan time)
    {
        var start = ThreadCpuClock.Read();
        var state = (ulong)start.Ticks | 1;
        TimeSpan burnt;
        do
        {
            for (var step = 0; step < StepsBetweenLooks; step++)
            {
                // Marsaglia's xorshift64 (Journal of Statistical Software 8 (2003) 14): each step needs the one before.
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
            }

            burnt = ThreadCpuClock.Read() - start;
        }
        while (burnt < time);
        Volatile.Write(ref _sink, state);
        return burnt;
    }
}

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
