using System.Runtime.InteropServices;

namespace PerfLab.Load.Linux;

/// <summary>Settings of the calling thread.</summary>
internal static unsafe class ThreadScheduling
{
    private const int SetTimerSlackOption = 29; // PR_SET_TIMERSLACK

    // SCHED_FIFO with SCHED_RESET_ON_FORK: threads and processes that it starts are ordinary ones (sched(7)).
    private const int RealTimePolicy = 1 | 0x40000000;

    /// <summary>Lets timers of the calling thread fire exactly instead of up to 50 us late, the system's default slack.</summary>
    /// <returns>0 or the error number.</returns>
    public static int SetTimerSlack(long nanoseconds) =>
        LibC.ProcessControl(SetTimerSlackOption, (nuint)nanoseconds, 0, 0, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>
    /// Lets the calling thread run before all ordinary threads of its processor: what shares the processor (the collector, the
    /// compiler of this program) otherwise keeps a due request waiting for a time slice of some milliseconds.
    /// </summary>
    /// <returns>0 or the error number; without the privilege, EPERM.</returns>
    public static int SetRealTime()
    {
        var priority = 1;
        return LibC.SetScheduler(0, RealTimePolicy, &priority) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Binds the calling thread to processors.</summary>
    /// <returns>0 or the error number.</returns>
    public static int SetCores(IReadOnlyList<int> cores)
    {
        // The kernel's masks are arrays of longs; 1,024 processors is what the C library's own type holds.
        Span<byte> mask = stackalloc byte[128];
        mask.Clear();
        foreach (var core in cores)
        {
            mask[core / 8] |= (byte)(1 << (core % 8));
        }

        fixed (byte* bytes = mask)
        {
            return LibC.SetAffinity(0, (nuint)mask.Length, bytes) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }
}

/// <summary>The processor time that the calling thread has used.</summary>
internal static unsafe class ThreadCpuTime
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
