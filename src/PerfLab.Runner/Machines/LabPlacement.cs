using System.Globalization;
using System.Runtime.InteropServices;

namespace PerfLab.Runner.Machines;

/// <summary>Keeps this program's threads on the lab's processors.</summary>
internal static partial class LabPlacement
{
    // cpu_set_t holds 1024 processors (sched_setaffinity(2)).
    private const int MaskBytes = 128;

    /// <summary>Moves every thread of this program; threads made later inherit it from the one that makes them.</summary>
    public static void Pin(IReadOnlyList<int> cores)
    {
        Span<byte> mask = stackalloc byte[MaskBytes];
        mask.Clear();
        foreach (var core in cores)
        {
            mask[core / 8] |= (byte)(1 << (core % 8));
        }

        foreach (var task in Directory.GetDirectories("/proc/self/task"))
        {
            // A thread that has just ended is no error.
            _ = SetAffinity(int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture), MaskBytes, mask);
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int threadId, nuint size, ReadOnlySpan<byte> mask);
}
