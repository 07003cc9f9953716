using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace PerfLab.Runner.Targets;

/// <summary>
/// A job object of Windows that holds this process and all that it starts from then on, whoever their parent is. The kernel closes
/// the one handle when this process ends, however it ends, and then ends what is still in the job
/// (Windows API, "Job Objects": <c>JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE</c>).
/// </summary>
internal static partial class KillOnCloseJob
{
    private const int ExtendedLimitInformation = 9;
    private const uint KillOnClose = 0x2000;

    private static readonly Lock Gate = new();

    // Kept for the life of the process: closing it would end the process itself.
    private static SafeFileHandle? _job;

    /// <summary>Puts this process into the job; once is enough. A system that does not permit it is left as it is.</summary>
    [SupportedOSPlatform("windows")]
    public static void Enter()
    {
        lock (Gate)
        {
            if (_job is not null)
            {
                return;
            }

            _job = CreateJobObject(0, null);
            var limits = new ExtendedLimits { Basic = new BasicLimits { LimitFlags = KillOnClose } };
            using var self = Process.GetCurrentProcess();
            _ = SetInformationJobObject(_job, ExtendedLimitInformation, ref limits, Marshal.SizeOf<ExtendedLimits>()) && AssignProcessToJobObject(_job, self.SafeHandle);
        }
    }

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial SafeFileHandle CreateJobObject(nint attributes, string? name);

    [LibraryImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(SafeFileHandle job, int informationClass, ref ExtendedLimits information, int length);

    [LibraryImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    // JOBOBJECT_BASIC_LIMIT_INFORMATION of winnt.h.
    [StructLayout(LayoutKind.Sequential)]
    internal struct BasicLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
    }

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION, with the six counters of IO_COUNTERS.
    [StructLayout(LayoutKind.Sequential)]
    internal struct ExtendedLimits
    {
        public BasicLimits Basic;
        public ulong ReadOperationCount;
        public ulong WriteOperationCount;
        public ulong OtherOperationCount;
        public ulong ReadTransferCount;
        public ulong WriteTransferCount;
        public ulong OtherTransferCount;
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemoryUsed;
        public nuint PeakJobMemoryUsed;
    }
}
