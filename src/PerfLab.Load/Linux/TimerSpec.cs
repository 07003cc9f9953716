using System.Runtime.InteropServices;

namespace PerfLab.Load.Linux;

/// <summary><c>struct itimerspec</c> of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TimerSpec(TimeSpec Interval, TimeSpec Value);
