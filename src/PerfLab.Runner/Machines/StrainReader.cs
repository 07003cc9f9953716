using System.Globalization;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Machines;

/// <summary>Reads the kernel's counters of what keeps processes from running: steal, pressure (PSI), and throttling by control groups.</summary>
internal sealed class StrainReader
{
    private readonly string _root;
    private readonly IReadOnlyList<string> _own;
    private readonly IReadOnlyList<IReadOnlyList<string>> _targets;

    /// <summary>Finds the control groups.</summary>
    /// <param name="targets">Processes of the targets; those that are gone are left out.</param>
    /// <param name="root">The root of the file system.</param>
    public StrainReader(IReadOnlyList<int> targets, string root = "/")
    {
        _root = root;
        _own = FoldersOf("self");
        _targets =
        [
            .. targets.Select(id => FoldersOf(id.ToString(CultureInfo.InvariantCulture)))
                .Where(folders => folders.Count > 0 && _own.Count > 0 && folders[0] != _own[0])
                .DistinctBy(folders => folders[0], StringComparer.Ordinal)
                .Select(folders => (IReadOnlyList<string>)[.. folders.Except(_own, StringComparer.Ordinal)]),
        ];
    }

    /// <summary>Reads them.</summary>
    public StrainCounters Read() => new(
        StealTime.ReadSeconds(_root),
        ReadPressureSeconds(),
        ControlGroupReader.ThrottledSeconds(_own),
        _targets.Count == 0 ? null : _targets.Sum(ControlGroupReader.ThrottledSeconds));

    private IReadOnlyList<string> FoldersOf(string process)
    {
        try
        {
            var file = Path.Combine(_root, "proc", process, "cgroup");
            return File.Exists(file) ? ControlGroupReader.CpuFolders(Path.Combine(_root, "sys/fs/cgroup"), File.ReadAllLines(file)) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has just ended.
            return [];
        }
    }

    // "some avg10=3.92 avg60=1.74 avg300=17.76 total=26367711937", in microseconds (Documentation/accounting/psi.rst).
    private double? ReadPressureSeconds()
    {
        const string key = "total=";
        try
        {
            var file = Path.Combine(_root, "proc/pressure/cpu");
            var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(candidate => candidate.StartsWith("some ", StringComparison.Ordinal)) : null;
            return line?.IndexOf(key, StringComparison.Ordinal) is >= 0 and var start && long.TryParse(line.AsSpan(start + key.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var total)
                ? total / 1e6
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Kernels with psi=0 have the file and refuse to read it.
            return null;
        }
    }
}

/// <summary>Counters since boot, or their difference, in seconds; null is not measured.</summary>
/// <param name="StealSeconds">What the hypervisor took, all processors.</param>
/// <param name="PressureSeconds">The time in which some process waited for a processor.</param>
/// <param name="ThrottledSeconds">How long a quota stopped the control group of this process.</param>
/// <param name="TargetThrottledSeconds">The same of other control groups in which the targets are; null without any.</param>
internal sealed record StrainCounters(double? StealSeconds, double? PressureSeconds, double? ThrottledSeconds, double? TargetThrottledSeconds)
{
    /// <summary>Gets what has not happened yet.</summary>
    public static StrainCounters Zero { get; } = new(0, 0, 0, 0);

    /// <summary>Adds two lengths of time.</summary>
    public static StrainCounters operator +(StrainCounters one, StrainCounters other) => new(
        one.StealSeconds + other.StealSeconds,
        one.PressureSeconds + other.PressureSeconds,
        one.ThrottledSeconds + other.ThrottledSeconds,
        one.TargetThrottledSeconds + other.TargetThrottledSeconds);

    /// <summary>Gets what happened between two readings.</summary>
    public static StrainCounters operator -(StrainCounters late, StrainCounters early) => new(
        late.StealSeconds - early.StealSeconds,
        late.PressureSeconds - early.PressureSeconds,
        late.ThrottledSeconds - early.ThrottledSeconds,
        late.TargetThrottledSeconds - early.TargetThrottledSeconds);

    /// <summary>Gets the shares of a time.</summary>
    /// <param name="seconds">Its length, above 0.</param>
    public MachineStrain Over(double seconds) => new(StealSeconds / seconds, PressureSeconds / seconds, ThrottledSeconds / seconds, TargetThrottledSeconds / seconds);
}

/// <summary>CPU time that the hypervisor gave to others while this machine wanted to run.</summary>
internal static class StealTime
{
    // USER_HZ, the unit of /proc/stat, is 100 on every Linux that .NET runs on (proc(5)).
    private const double TicksPerSecond = 100;

    /// <summary>Reads the stolen time since boot, in seconds; null where the platform does not tell.</summary>
    /// <param name="root">The root of the file system.</param>
    /// <param name="processor">One processor, from 0; null for the total over all.</param>
    public static double? ReadSeconds(string root = "/", int? processor = null)
    {
        var path = Path.Combine(root, "proc/stat");
        if (!File.Exists(path))
        {
            return null;
        }

        // "cpu  user nice system idle iowait irq softirq steal ...", then "cpu0 ..." and so on: steal is the eighth number.
        var name = FormattableString.Invariant($"cpu{processor}");
        var fields = File.ReadLines(path).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).FirstOrDefault(line => line is [var first, ..] && first == name);
        return fields?.Length > 8 && long.TryParse(fields[8], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? ticks / TicksPerSecond
            : null;
    }
}
