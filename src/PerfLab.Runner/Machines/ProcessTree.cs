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

    /// <summary>Says whether one of these processes has not ended; one that nobody has waited for yet has.</summary>
    public static bool AnyAlive(IEnumerable<ProcessIdentity> processes) => processes.Any(IsAlive);

    /// <summary>Kills those that are still the same processes.</summary>
    public static void KillSurvivors(IEnumerable<ProcessIdentity> processes)
    {
        foreach (var process in processes.Where(IsAlive))
        {
            _ = Kill(process.Id, SignalKill);
        }
    }

    private static bool IsAlive(ProcessIdentity process) =>
        ProcessStat.Read(process.Id) is { IsZombie: false } stat && stat.Identity.StartTicks == process.StartTicks;

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
    public static ProcessIdentity? Read(int id) => ProcessStat.Read(id)?.Identity;
}
