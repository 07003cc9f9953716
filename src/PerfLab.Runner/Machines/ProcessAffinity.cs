using System.Globalization;
using System.Runtime.InteropServices;

namespace PerfLab.Runner.Machines;

/// <summary>Says on which processors a running process may run; does nothing where the platform has no <c>/proc</c>.</summary>
internal static partial class ProcessAffinity
{
    // cpu_set_t holds 1024 processors (sched_setaffinity(2)).
    private const int MaskBytes = 128;

    // A thread made between two looks has inherited the old mask; two passes without a new thread are the end, at the latest these.
    private const int MaxPasses = 10;

    /// <summary>Moves every thread of a process; threads made later inherit it from the one that makes them.</summary>
    /// <param name="processId">The process; one that has ended is no error.</param>
    /// <param name="cores">Its processors from now on.</param>
    public static void Move(int processId, IReadOnlyList<int> cores)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Span<byte> mask = stackalloc byte[MaskBytes];
        mask.Clear();
        foreach (var core in cores)
        {
            mask[core / 8] |= (byte)(1 << (core % 8));
        }

        var moved = new HashSet<int>();
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var threads = ThreadsOf(processId);
            if (moved.IsSupersetOf(threads))
            {
                return;
            }

            foreach (var thread in threads)
            {
                // A thread that has just ended is no error.
                _ = SetAffinity(thread, MaskBytes, mask);
                moved.Add(thread);
            }
        }
    }

    private static List<int> ThreadsOf(int processId)
    {
        try
        {
            return [.. Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task"))
                .Select(task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int threadId, nuint size, ReadOnlySpan<byte> mask);
}
