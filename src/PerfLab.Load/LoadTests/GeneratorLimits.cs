using System.Globalization;
using PerfLab.Load.Simulations;

namespace PerfLab.Load.LoadTests;

/// <summary>What this process may use of the machine. Null is unlimited, or not known on this system.</summary>
public sealed record ProcessLimits
{
    /// <summary>Gets the most files and sockets that may be open at a time.</summary>
    public required long? MaxOpenFiles { get; init; }

    /// <summary>Gets the files and sockets that are open now.</summary>
    public required long OpenFiles { get; init; }

    /// <summary>Gets the local ports that connections to one address can use.</summary>
    public required long? LocalPorts { get; init; }

    /// <summary>Gets the logical processors that this process may use, ascending.</summary>
    public required IReadOnlyList<int>? Processors { get; init; }

    /// <summary>Reads the limits of this process from <c>/proc</c>; on other systems nothing is known.</summary>
    public static ProcessLimits Read() => OperatingSystem.IsLinux()
        ? new ProcessLimits
        {
            MaxOpenFiles = NumberOf(WordsAfter("/proc/self/limits", "Max open files").FirstOrDefault()),
            OpenFiles = Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(),
            LocalPorts = PortsIn("/proc/sys/net/ipv4/ip_local_port_range"),
            Processors = WordsAfter("/proc/self/status", "Cpus_allowed_list:").FirstOrDefault() is { } list ? [.. list.Split(',').SelectMany(Range)] : null,
        }
        : new ProcessLimits { MaxOpenFiles = null, OpenFiles = 0, LocalPorts = null, Processors = null };

    private static string[] WordsAfter(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..]
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static long? NumberOf(string? word) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // "32768	60999", both included.
    private static long? PortsIn(string file) =>
        File.Exists(file) && File.ReadAllText(file).Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries) is [var first, var last] && NumberOf(first) is { } low && NumberOf(last) is { } high
            ? high - low + 1
            : null;

    private static IEnumerable<int> Range(string part)
    {
        var bounds = part.Split('-');
        var first = int.Parse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture);
        return Enumerable.Range(first, int.Parse(bounds[^1], NumberStyles.None, CultureInfo.InvariantCulture) - first + 1);
    }
}

/// <summary>Compares what a load needs with what this process may use, before anything is sent.</summary>
public static class GeneratorLimits
{
    // The epoll set, the listener of the JIT warm-up and its connections, the files of the result, and what the runtime opens late.
    private const int OtherFiles = 32;

    // Its log and two pipes of its output, the probe's socket, and connections over which it exports its spans.
    private const int FilesOfProcess = 8;

    /// <summary>Finds what a load cannot have; empty when it fits.</summary>
    /// <param name="connections">Connections that the load may open at a time.</param>
    /// <param name="cores">Processors of the generating thread; null leaves it anywhere.</param>
    /// <param name="limits">What there is.</param>
    /// <param name="usesPorts">Whether a connection has a local port; one to a Unix socket has none.</param>
    public static IReadOnlyList<string> FaultsOf(long connections, IReadOnlyList<int>? cores, ProcessLimits limits, bool usesPorts = true)
    {
        var faults = new List<string>();
        var files = connections + limits.OpenFiles + OtherFiles;
        if (files > limits.MaxOpenFiles)
        {
            var most = Math.Max(0, limits.MaxOpenFiles.Value - limits.OpenFiles - OtherFiles);
            faults.Add(Text($"{connections:#,0} connections need {files:#,0} open files, and this process may have {limits.MaxOpenFiles:#,0} (ulimit -n). Raise the limit to {files}, or use at most {most:#,0} connections (--connections, --max-in-flight)."));
        }

        if (usesPorts && connections > limits.LocalPorts)
        {
            faults.Add(Text($"{connections:#,0} connections to one address need as many local ports, and the system has {limits.LocalPorts:#,0}: no local port would be free (net.ipv4.ip_local_port_range). Widen the range to {connections:#,0} ports, or use at most {limits.LocalPorts:#,0} connections (--connections, --max-in-flight)."));
        }

        if (cores is not null && limits.Processors is { } allowed && cores.FirstOrDefault(core => !allowed.Contains(core), -1) is >= 0 and var core)
        {
            faults.Add(Text($"processor {core} is not one that this process may use (--cores). Name some of {string.Join(",", allowed)}."));
        }

        return faults;
    }

    /// <summary>Finds what a run of several arms cannot have; empty when it fits. All arms are alive at once and keep their connections.</summary>
    /// <param name="arms">The arms.</param>
    /// <param name="processes">Their processes, all together.</param>
    /// <param name="maxInFlight">Connections to each arm.</param>
    /// <param name="limits">What there is.</param>
    public static IReadOnlyList<string> FaultsOfRun(int arms, int processes, int maxInFlight, ProcessLimits limits)
    {
        var faults = new List<string>();
        var others = limits.OpenFiles + OtherFiles + (processes * FilesOfProcess);
        var files = ((long)arms * maxInFlight) + others;
        if (files > limits.MaxOpenFiles)
        {
            var most = Math.Max(0, (limits.MaxOpenFiles.Value - others) / arms);
            faults.Add(Text($"{arms} arms with up to {maxInFlight:#,0} connections each need {files:#,0} open files, and this process may have {limits.MaxOpenFiles:#,0} (ulimit -n). Raise the limit to {files}, {(most > 0 ? Text($"set load.max_in_flight to at most {most:#,0}") : "lower load.max_in_flight")}, or compare fewer variants."));
        }

        // To each address its own: connections to other arms may use the same ports. Every process listens at one more.
        var ports = maxInFlight + processes;
        if (ports > limits.LocalPorts)
        {
            faults.Add(Text($"{maxInFlight:#,0} connections to one arm beside {processes} listening processes need {ports:#,0} local ports, and the system has {limits.LocalPorts:#,0} (net.ipv4.ip_local_port_range). Widen the range to {ports:#,0} ports, or lower load.max_in_flight."));
        }

        return faults;
    }

    /// <summary>Finds whether processes that are alive at once cannot have the memory that the smallest of services needs.</summary>
    /// <param name="processes">Their number.</param>
    /// <param name="leastBytes">What each needs at the least.</param>
    /// <param name="availableBytes">What there is; null where not known.</param>
    public static IReadOnlyList<string> FaultsOfMemory(int processes, long leastBytes, long? availableBytes) => processes * leastBytes > availableBytes
        ? [Text($"{processes} processes need {processes * leastBytes / 1e6:#,0} MB of memory at the least, and {availableBytes / 1e6:#,0} MB can be had. Free some, raise the limit of the control group, or compare fewer variants.")]
        : [];

    /// <summary>Gets the connections that a load may open at a time.</summary>
    /// <param name="phases">The load.</param>
    /// <param name="maxInFlight">The bound of an open loop.</param>
    internal static long ConnectionsOf(IReadOnlyList<LoadPhase> phases, int maxInFlight) => phases.Select(phase => phase switch
    {
        LoadPhase.Open(var schedule) => Math.Min(maxInFlight, schedule.OffsetsNanoseconds.Length),
        LoadPhase.Closed(var load) => load.MostUsers,
        _ => 0L,
    }).DefaultIfEmpty(0).Max();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
