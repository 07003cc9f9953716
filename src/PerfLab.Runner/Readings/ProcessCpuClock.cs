using System.Globalization;
using System.Runtime.InteropServices;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Readings;

/// <summary>
/// CPU time of another process, its ended threads included, from the kernel's clock of that process
/// (clock_getcpuclockid(3)): exact to a nanosecond, where <c>/proc/PID/stat</c> counts ticks of 10 ms.
/// </summary>
internal static partial class ProcessCpuClock
{
    /// <summary>The nanoseconds in a clock tick of <c>/proc</c>: USER_HZ is 100 on every Linux that .NET runs on (proc(5)).</summary>
    public const long TickNanoseconds = 10_000_000;

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Reads the clock.</summary>
    /// <param name="processId">The process.</param>
    /// <returns>Nanoseconds; null when the process is gone or the kernel does not let this one read its clock.</returns>
    public static long? ReadNanoseconds(int processId) =>
        OperatingSystem.IsLinux() && FindClock(processId, out var clock) == 0 && ReadClock(clock, out var time) == 0
            ? (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds
            : null;

    [LibraryImport("libc", EntryPoint = "clock_getcpuclockid")]
    private static partial int FindClock(int processId, out int clock);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out TimeSpec time);

    /// <summary>struct timespec of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}

/// <summary>What one process of a tree is charged.</summary>
internal sealed class ProcessCharge
{
    private string? _comm;
    private long _waitedNanoseconds;
    private long? _endedNanoseconds;

    /// <summary>Gets the file name of its program; a shell that was replaced by a service has that one's.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>Gets its own CPU time.</summary>
    public long OwnNanoseconds { get; private set; }

    /// <summary>Gets a value indicating whether its own CPU time is known in clock ticks only.</summary>
    public bool IsInTicks { get; private set; }

    /// <summary>
    /// Gets its own CPU time and that of its ended children. The kernel counts children that were waited for in ticks, and
    /// those that nobody waits for not at all; what was last seen of them is exact but misses their end. Both are lower
    /// bounds, so the higher one is nearer.
    /// </summary>
    public long TotalNanoseconds => OwnNanoseconds + Math.Max(_waitedNanoseconds, _endedNanoseconds ?? 0);

    /// <summary>Takes a new reading.</summary>
    public void Update(ProcessStat stat)
    {
        if (stat.Name != _comm)
        {
            // Another program, or another name for the same: Node.js calls itself MainThread.
            (_comm, Name) = (stat.Name, ProgramOf(stat.Identity.Id) ?? stat.Name);
        }

        var clock = ProcessCpuClock.ReadNanoseconds(stat.Identity.Id);
        IsInTicks |= clock is null;
        OwnNanoseconds = Math.Max(OwnNanoseconds, clock ?? stat.CpuTicks * ProcessCpuClock.TickNanoseconds);
        _waitedNanoseconds = stat.WaitedChildrenCpuTicks * ProcessCpuClock.TickNanoseconds;
        _endedNanoseconds ??= _waitedNanoseconds;
    }

    private static string? ProgramOf(int id)
    {
        try
        {
            return Path.GetFileName(new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/exe")).LinkTarget)?.Replace(" (deleted)", string.Empty, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has just ended, or belongs to somebody else.
            return null;
        }
    }

    /// <summary>Takes over what a child had used when it was last seen.</summary>
    /// <param name="nanoseconds">The child's own time and that of its ended children.</param>
    public void AddEndedChild(long nanoseconds) => _endedNanoseconds += nanoseconds;
}
