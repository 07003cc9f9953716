using System.Globalization;
using PerfLab.Experiments.Inspections;

namespace PerfLab.Runner.Machines;

/// <summary>Reads the limits of the control group of this process: version 2, or version 1 where the system still has it.</summary>
internal static class ControlGroupReader
{
    private const string Root = "/sys/fs/cgroup";

    // Version 1 writes the largest number that fits in place of no limit.
    private const long NoMemoryLimit = 1L << 60;

    /// <summary>Reads them; null on systems without control groups.</summary>
    public static ControlGroup? Read() => OperatingSystem.IsLinux() && File.Exists("/proc/self/cgroup") ? Read(Root, File.ReadAllLines("/proc/self/cgroup")) : null;

    /// <summary>Reads them below a folder.</summary>
    /// <param name="root">Where control groups are mounted.</param>
    /// <param name="membership">The lines of <c>/proc/self/cgroup</c>.</param>
    internal static ControlGroup? Read(string root, IReadOnlyList<string> membership)
    {
        if (!Directory.Exists(root))
        {
            return null;
        }

        // "0::/user.slice" is version 2, "4:cpu,cpuacct:/docker/1234" version 1.
        var unified = UnifiedOf(membership);
        return File.Exists(Path.Combine(root, "cgroup.controllers")) && unified is not null
            ? Second([.. Ancestors(root, unified)])
            : First([.. Ancestors(Path.Combine(root, "cpu"), PathOf(membership, "cpu"))], [.. Ancestors(Path.Combine(root, "memory"), PathOf(membership, "memory"))]);
    }

    /// <summary>Gets the folders in which the kernel counts the throttling of a control group and of those above it.</summary>
    /// <param name="root">Where control groups are mounted.</param>
    /// <param name="membership">The lines of <c>/proc/PID/cgroup</c>.</param>
    internal static IReadOnlyList<string> CpuFolders(string root, IReadOnlyList<string> membership)
    {
        var unified = UnifiedOf(membership);
        return !Directory.Exists(root) ? []
            : File.Exists(Path.Combine(root, "cgroup.controllers")) && unified is not null ? [.. Ancestors(root, unified)]
            : [.. Ancestors(Path.Combine(root, "cpu"), PathOf(membership, "cpu"))];
    }

    /// <summary>Reads for how long a quota stopped a control group since its creation; null where it is not counted.</summary>
    /// <param name="folders">Those of <see cref="CpuFolders"/>: a quota of a group above stops it too.</param>
    internal static double? ThrottledSeconds(IReadOnlyList<string> folders) => folders
        .Select(folder => Words(folder, "cpu.stat"))
        .Select(words => (NumberAfter(words, "throttled_usec") / 1e6) ?? (NumberAfter(words, "throttled_time") / 1e9))
        .Aggregate((double?)null, (sum, seconds) => seconds is null ? sum : (sum ?? 0) + seconds);

    private static ControlGroup Second(string[] folders) => new(
        Least(folders.Select(folder => Quota(Words(folder, "cpu.max")))),
        Least(folders.Select(folder => Number(Words(folder, "memory.max").FirstOrDefault()))),
        folders.Select(folder => Throttled(folder)).FirstOrDefault(count => count is not null));

    private static ControlGroup First(string[] cpu, string[] memory) => new(
        Least(cpu.Select(folder => Quota([.. Words(folder, "cpu.cfs_quota_us"), .. Words(folder, "cpu.cfs_period_us")]))),
        Least(memory.Select(folder => Number(Words(folder, "memory.limit_in_bytes").FirstOrDefault()) is { } bytes and < NoMemoryLimit ? (long?)bytes : null)),
        cpu.Select(folder => Throttled(folder)).FirstOrDefault(count => count is not null));

    // The group itself first. In a container its path is that of the host, which is not there: what is mounted is the group.
    private static IEnumerable<string> Ancestors(string root, string path)
    {
        for (var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries); parts.Length > 0; parts = parts[..^1])
        {
            if (Path.Combine([root, .. parts]) is var folder && Directory.Exists(folder))
            {
                yield return folder;
            }
        }

        yield return root;
    }

    private static string PathOf(IReadOnlyList<string> membership, string controller) => membership
        .Select(line => line.Split(':', 3))
        .FirstOrDefault(fields => fields.Length == 3 && fields[1].Split(',').Contains(controller, StringComparer.Ordinal))?[2] ?? "/";

    // "max 100000" or "150000 100000": time in each period, both in microseconds.
    private static double? Quota(string[] words) =>
        words.Length >= 2 && Number(words[0]) is { } quota and > 0 && Number(words[1]) is { } period and > 0 ? (double)quota / period : null;

    private static string? UnifiedOf(IReadOnlyList<string> membership) => membership.FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal))?[3..];

    private static long? Throttled(string folder) => NumberAfter(Words(folder, "cpu.stat"), "nr_throttled");

    private static long? NumberAfter(string[] words, string key) =>
        Array.IndexOf(words, key) is >= 0 and var index && index + 1 < words.Length ? Number(words[index + 1]) : null;

    private static T? Least<T>(IEnumerable<T?> values)
        where T : struct => values.Where(value => value is not null).DefaultIfEmpty(null).Min();

    private static string[] Words(string folder, string name)
    {
        try
        {
            var path = Path.Combine(folder, name);
            return File.Exists(path) ? File.ReadAllText(path).Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long? Number(string? word) => long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
