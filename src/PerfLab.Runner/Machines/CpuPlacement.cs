using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using PerfLab.Experiments.Plans;

namespace PerfLab.Runner.Machines;

/// <summary>Chooses which processors do what.</summary>
public static class CpuPlacement
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
        return line is null ? null : CpuList.Parse(line[key.Length..]);
    }
}

/// <summary>Linux's notation for sets of processors, for example <c>0-2,5</c>.</summary>
internal static class CpuList
{
    /// <summary>Parses a list into ascending numbers.</summary>
    /// <exception cref="FormatException">The text is not such a list.</exception>
    public static IReadOnlyList<int> Parse(string text)
    {
        var processors = new SortedSet<int>();
        foreach (var part in text.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var bounds = part.Split('-');
            var first = int.Parse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture);
            var last = int.Parse(bounds[^1], NumberStyles.None, CultureInfo.InvariantCulture);
            for (var processor = first; processor <= last; processor++)
            {
                processors.Add(processor);
            }
        }

        return [.. processors];
    }

    /// <summary>Writes numbers as a hexadecimal mask, which every <c>taskset</c> reads; that of BusyBox knows lists only since 1.36.</summary>
    public static string Mask(IEnumerable<int> processors) =>
        processors.Aggregate(BigInteger.Zero, (mask, processor) => mask | (BigInteger.One << processor)).ToString("x", CultureInfo.InvariantCulture);
}

/// <summary>Looks for small programs of the operating system.</summary>
internal static class SystemTool
{
    private static readonly TimeSpan s_trialLimit = TimeSpan.FromSeconds(5);

    /// <summary>Gets the full path of a program on the PATH, or null.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>
    /// Gets the words before a command that let Linux end it with the thread that started it; none where <c>setpriv</c> cannot do so:
    /// util-linux has it since 2.33, BusyBox not.
    /// </summary>
    public static IReadOnlyList<string> EndWithParent()
    {
        if (!OperatingSystem.IsLinux() || Find("setpriv") is not { } setpriv)
        {
            return [];
        }

        string[] words = [setpriv, "--pdeathsig", "TERM", "--"];
        try
        {
            using var trial = Process.Start(new ProcessStartInfo(words[0], [.. words[1..], "true"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            if (!trial.WaitForExit(s_trialLimit))
            {
                trial.Kill();
                return [];
            }

            return trial.ExitCode == 0 ? words : [];
        }
        catch (Win32Exception)
        {
            return [];
        }
    }
}
