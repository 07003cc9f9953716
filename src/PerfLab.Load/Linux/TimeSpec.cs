using System.Runtime.InteropServices;

namespace PerfLab.Load.Linux;

/// <summary><c>struct timespec</c> of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TimeSpec(long Seconds, long Nanoseconds)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public long TotalNanoseconds => (Seconds * NanosecondsPerSecond) + Nanoseconds;

    public static TimeSpec FromNanoseconds(long nanoseconds) => new(nanoseconds / NanosecondsPerSecond, nanoseconds % NanosecondsPerSecond);
}
