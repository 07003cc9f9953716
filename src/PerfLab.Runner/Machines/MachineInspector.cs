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
