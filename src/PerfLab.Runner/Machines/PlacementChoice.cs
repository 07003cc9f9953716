using PerfLab.Experiments.Plans;

namespace PerfLab.Runner.Machines;

/// <summary>Chooses which processors do what.</summary>
public static class PlacementChoice
{
    /// <summary>
    /// Splits the processors that this process may use: the targets get the upper half, because interrupts tend to land on
    /// the first processor; the lab gets the lower half, at most two.
    /// </summary>
    /// <param name="allowed">Processor numbers in ascending order.</param>
    /// <returns>Null when there are fewer than two: nothing can be separated.</returns>
    public static Placement? For(IReadOnlyList<int> allowed)
    {
        if (allowed.Count < 2)
        {
            return null;
        }

        var labCount = Math.Min(2, allowed.Count / 2);
        return new Placement([.. allowed.Skip(labCount)], [.. allowed.Take(labCount)]);
    }

    /// <summary>Reads the processors that this process may use; null where the platform cannot place processes.</summary>
    public static IReadOnlyList<int>? AllowedProcessors()
    {
        if (!OperatingSystem.IsLinux() || SystemTool.Find("taskset") is null)
        {
            return null;
        }

        const string key = "Cpus_allowed_list:";
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(candidate => candidate.StartsWith(key, StringComparison.Ordinal));
        return line is null ? null : ProcessorList.Parse(line[key.Length..]);
    }
}
