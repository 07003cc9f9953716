using System.Globalization;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Readings;

/// <summary>
/// Reads <c>/proc/PID</c> of a process without a probe: CPU in ticks of 10 ms, fine over a launch set, and resident memory.
/// </summary>
/// <param name="processId">The process.</param>
internal sealed class ProcReadingSource(int processId) : IReadingSource
{
    // USER_HZ is 100 on every Linux that .NET runs on (proc(5)).
    private const double TicksPerSecond = 100;

    /// <inheritdoc/>
    public string Name => "proc";

    /// <summary>Says whether this platform has such files.</summary>
    public static bool IsAvailable => OperatingSystem.IsLinux();

    /// <inheritdoc/>
    public Reading Read() => new()
    {
        CpuSeconds = ReadCpuSeconds(),
        AllocatedBytes = null,
        Gen0Count = null,
        Gen1Count = null,
        Gen2Count = null,
        GcPauseSeconds = null,
        WorkingSetBytes = ReadWorkingSetBytes(),
        CompiledMethodCount = null,
    };

    /// <inheritdoc/>
    public FullReading ReadFull() => new(Read(), SpansStarted: null);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held open between readings.
    }

    private double ReadCpuSeconds()
    {
        // The command in field 2 may contain blanks and parentheses: fields are counted from behind its last parenthesis.
        var text = File.ReadAllText($"/proc/{processId}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var user = long.Parse(fields[11], CultureInfo.InvariantCulture);
        var system = long.Parse(fields[12], CultureInfo.InvariantCulture);
        return (user + system) / TicksPerSecond;
    }

    private long? ReadWorkingSetBytes()
    {
        const string key = "VmRSS:";
        var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(candidate => candidate.StartsWith(key, StringComparison.Ordinal));
        return line is null
            ? null
            : long.Parse(line[key.Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
