using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PerfLab.Experiments.Inspections;

namespace PerfLab.Runner.Machines;

/// <summary>Opens a hardware counter as perf does, because neither a setting nor the processor alone tells whether the kernel permits it.</summary>
internal static partial class HardwareCounter
{
    // linux/perf_event.h: PERF_ATTR_SIZE_VER0, PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, and the bits disabled, exclude_kernel
    // and exclude_hv, so that what is asked for is what any user may have at a level of 2.
    private const uint Size = 64;
    private const uint Hardware = 0;
    private const ulong Instructions = 1;
    private const ulong DisabledAndOfUserOnly = 0x61;

    private const int ThisProcess = 0;
    private const int AnyProcessor = -1;
    private const int NoGroup = -1;
    private const nuint CloseOnExec = 8;

    /// <summary>Tries to count the instructions of this process, and closes the counter at once.</summary>
    public static CounterAccess Try()
    {
        if (!OperatingSystem.IsLinux() || CallNumber() is not { } number)
        {
            return CounterAccess.Unknown;
        }

        var attributes = new Attributes { Type = Hardware, Size = Size, Config = Instructions, Flags = DisabledAndOfUserOnly };
        var counter = Call(number, in attributes, ThisProcess, AnyProcessor, NoGroup, CloseOnExec);
        if (counter < 0)
        {
            return Of(Marshal.GetLastPInvokeError());
        }

        new SafeFileHandle(counter, ownsHandle: true).Dispose();
        return CounterAccess.Opened;
    }

    // errno(3): 1 EPERM, 2 ENOENT, 13 EACCES, 19 ENODEV, 38 ENOSYS, 95 EOPNOTSUPP.
    private static CounterAccess Of(int error) => error switch
    {
        1 or 13 => CounterAccess.NotPermitted,
        2 or 19 or 95 => CounterAccess.NoHardware,
        38 => CounterAccess.NoKernelSupport,
        _ => CounterAccess.Unknown,
    };

    // perf_event_open(2) has no function in libc; its number is that of the architecture (syscalls(2)).
    private static nint? CallNumber() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 298,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 241,
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, in Attributes attributes, int process, int processor, int group, nuint flags);

    /// <summary>struct perf_event_attr in its first version.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public uint Type;
        public uint Size;
        public ulong Config;
        public ulong SamplePeriod;
        public ulong SampleType;
        public ulong ReadFormat;
        public ulong Flags;
        public uint WakeUpEvents;
        public uint BreakpointType;
        public ulong BreakpointAddress;
    }
}
