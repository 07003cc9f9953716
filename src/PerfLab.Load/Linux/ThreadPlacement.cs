using System.Runtime.InteropServices;

namespace PerfLab.Load.Linux;

/// <summary>Settings of the calling thread.</summary>
internal static unsafe class ThreadPlacement
{
    private const int SetTimerSlackOption = 29; // PR_SET_TIMERSLACK

    /// <summary>Lets timers of the calling thread fire exactly instead of up to 50 us late, the system's default slack.</summary>
    /// <returns>0 or the error number.</returns>
    public static int SetTimerSlack(long nanoseconds) =>
        LibC.ProcessControl(SetTimerSlackOption, (nuint)nanoseconds, 0, 0, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();

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
