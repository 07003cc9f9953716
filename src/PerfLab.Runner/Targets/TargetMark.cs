using System.Globalization;
using System.Text;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Targets;

/// <summary>
/// The variable that a target and all that it starts inherit: it says which PerfLab started them, so that they are recognized when
/// their parent has ended, and which launch they belong to.
/// </summary>
public static class TargetMark
{
    /// <summary>The variable's name.</summary>
    internal const string Variable = "PERFLAB_PROCESS_TREE";

    // Of fixed width, so that no arm has a longer environment than another.
    private const int IdDigits = 10;
    private const int TicksDigits = 20;

    /// <summary>Gets how the marks of this process begin; a number is given to another process only with another start.</summary>
    internal static string Owner { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.ProcessId:D10}.{(OperatingSystem.IsLinux() ? ProcessIdentity.Read(Environment.ProcessId)?.StartTicks ?? 0 : 0):D20}.");

    /// <summary>Makes the mark of a launch.</summary>
    internal static string Create() => Owner + Guid.NewGuid().ToString("N");

    /// <summary>
    /// Ends what killed runs have left running: processes with a mark whose owner is gone. Those of a container are left alone: the
    /// number of their owner means another process here.
    /// </summary>
    /// <returns>The processes that were ended.</returns>
    public static IReadOnlyList<int> EndLeftovers()
    {
        var own = NumberSpaceOf(Environment.ProcessId);
        return End((id, mark) => !IsOwnerAlive(mark) && NumberSpaceOf(id) == own);
    }

    /// <summary>Ends every target of this process at once, without waiting for it.</summary>
    public static void EndOwn() => End((_, mark) => mark.StartsWith(Owner, StringComparison.Ordinal));

    // pid_namespaces(7).
    private static string? NumberSpaceOf(int id)
    {
        try
        {
            return new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/ns/pid")).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static List<int> End(Func<int, string, bool> isMeant)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        ProcessIdentity[] found = [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && MarkOf(id) is { } mark && isMeant(id, mark))
            .Select(ProcessIdentity.Read)
            .OfType<ProcessIdentity>()];
        ProcessTree.KillSurvivors(found);
        return [.. found.Select(process => process.Id)];
    }

    private static string? MarkOf(int id)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/environ"))).Split('\0')
                .FirstOrDefault(variable => variable.StartsWith(Variable + "=", StringComparison.Ordinal))?[(Variable.Length + 1)..];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has just ended, or belongs to somebody else.
            return null;
        }
    }

    // What is no mark of this shape was set by somebody else, and is left alone.
    private static bool IsOwnerAlive(string mark) =>
        mark.Split('.') is not [{ Length: IdDigits } id, { Length: TicksDigits } ticks, _]
        || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var owner)
        || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
        || ProcessIdentity.Read(owner)?.StartTicks == start;
}
