using System.Runtime.InteropServices;

namespace PerfLab.Collector.Accounting;

/// <summary>Adds up the CPU time of stretches of work on any threads.</summary>
internal sealed class CpuMeter
{
    private long nanoseconds;

    /// <summary>Gets the CPU time so far; null where the platform does not tell.</summary>
    public double? Seconds => CallingThreadCpuClock.ReadNanoseconds() is null ? null : Interlocked.Read(ref nanoseconds) / 1e9;

    /// <summary>Begins a stretch of work that ends on the same thread, when what is returned is disposed of.</summary>
    public Measurement Begin() => new(this);

    /// <summary>A stretch of work.</summary>
    internal readonly ref struct Measurement
    {
        private readonly CpuMeter meter;
        private readonly long? begin;

        /// <summary>Initialises a new instance of the <see cref="Measurement"/> struct.</summary>
        public Measurement(CpuMeter meter)
        {
            this.meter = meter;
            begin = CallingThreadCpuClock.ReadNanoseconds();
        }

        /// <summary>Ends it.</summary>
        public void Dispose()
        {
            if (CallingThreadCpuClock.ReadNanoseconds() - begin is { } used)
            {
                Interlocked.Add(ref meter.nanoseconds, used);
            }
        }
    }
}

/// <summary>CPU time of the calling thread (clock_gettime(2), CLOCK_THREAD_CPUTIME_ID), exact to a nanosecond on Linux.</summary>
internal static unsafe partial class CallingThreadCpuClock
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
