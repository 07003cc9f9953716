using System.Globalization;
using System.Runtime.InteropServices;

namespace PerfLab.Runner.Targets;

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
