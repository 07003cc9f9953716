using System.Globalization;
using System.Runtime.InteropServices;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Machines;

/// <summary>Reads what the manifest says of the machine; what a platform does not tell stays null.</summary>
public static class MachineInspector
{
    /// <summary>Reads the fingerprint of this machine.</summary>
    public static MachineFingerprint Read() => new(
        RuntimeInformation.OSDescription,
        FirstLine("/proc/sys/kernel/osrelease"),
        CpuInfo("model name"),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.ProcessArchitecture.ToString(),
        RuntimeInformation.FrameworkDescription,
        CpuInfo("flags")?.Split(' ').Contains("hypervisor", StringComparer.Ordinal));

    private static string? FirstLine(string path) =>
        File.Exists(path) ? File.ReadLines(path).FirstOrDefault()?.Trim() : null;

    private static string? CpuInfo(string key)
    {
        const string path = "/proc/cpuinfo";
        if (!File.Exists(path))
        {
            return null;
        }

        var line = File.ReadLines(path).FirstOrDefault(candidate => candidate.StartsWith(key, StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}

/// <summary>CPU time that the hypervisor gave to others while this machine wanted to run.</summary>
internal static class StealTime
{
    // USER_HZ, the unit of /proc/stat, is 100 on every Linux that .NET runs on (proc(5)).
    private const double TicksPerSecond = 100;

    /// <summary>Reads the total over all processors since boot, in seconds; null where the platform does not tell.</summary>
    public static double? ReadSeconds()
    {
        const string path = "/proc/stat";
        if (!File.Exists(path))
        {
            return null;
        }

        // "cpu  user nice system idle iowait irq softirq steal ...": steal is the eighth number.
        var fields = File.ReadLines(path).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 8 && long.TryParse(fields[8], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? ticks / TicksPerSecond
            : null;
    }
}
