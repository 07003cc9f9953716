using System.Globalization;
using System.Runtime.InteropServices;

namespace PerfLab.Runner.Machines;

/// <summary>The processes that a target started itself, for example below a shell; they must not outlive it.</summary>
internal static partial class ProcessTree
{
    private const int SignalKill = 9;

    /// <summary>Gets the identities of all descendants; empty where the platform has no <c>/proc</c>.</summary>
    public static IReadOnlyList<ProcessIdentity> DescendantsOf(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var children = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? ProcessIdentity.Read(id) : null)
            .OfType<ProcessIdentity>()
            .ToLookup(process => process.ParentId);
        var found = new List<ProcessIdentity>(children[processId]);
        for (var index = 0; index < found.Count; index++)
        {
            found.AddRange(children[found[index].Id]);
        }

        return found;
    }

    /// <summary>Kills those that are still the same processes.</summary>
    public static void KillSurvivors(IEnumerable<ProcessIdentity> processes)
    {
        foreach (var process in processes)
        {
            if (ProcessIdentity.Read(process.Id)?.StartTicks == process.StartTicks)
            {
                _ = Kill(process.Id, SignalKill);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}

/// <summary>A process of Linux: number and start together are never given twice.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ParentId">Its parent's number when it was read.</param>
/// <param name="StartTicks">When it was started, in ticks since boot.</param>
internal sealed record ProcessIdentity(int Id, int ParentId, long StartTicks)
{
    /// <summary>Reads a process; null when it is gone.</summary>
    public static ProcessIdentity? Read(int id)
    {
        try
        {
            // proc(5): behind the command, which ends at the last parenthesis, fields 4 (parent) and 22 (start) are at 1 and 19.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessIdentity(
                id,
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
