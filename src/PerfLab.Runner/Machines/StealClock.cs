using System.Globalization;

namespace PerfLab.Runner.Machines;

/// <summary>CPU time that the hypervisor gave to others while this machine wanted to run.</summary>
internal static class StealClock
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
