using System.Globalization;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Readings;

/// <summary>Chooses where the readings of a target come from: from probes in the processes that serve, and from the kernel for the whole tree.</summary>
internal static class ReadingSourceFactory
{
    /// <summary>Opens the best source there is.</summary>
    /// <param name="tree">The target's processes.</param>
    /// <param name="serving">Those that answer requests.</param>
    /// <param name="probeFolder">The folder of the probes.</param>
    public static IReadingSource Open(TrackedProcessTree tree, IReadOnlyList<int> serving, string probeFolder)
    {
        ProbeClient[] probes = [.. serving
            .Select(id => ProbeClient.Connect(Path.Combine(probeFolder, string.Create(CultureInfo.InvariantCulture, $"{id}.sock"))))
            .OfType<ProbeClient>()];
        IReadingSource? kernel = ProcReadingSource.IsAvailable ? new ProcReadingSource(tree) : null;
        var source = probes.Length > 0 ? new ProbeReadingSource(kernel, probes) : kernel ?? new NullReadingSource();
        return serving.Count == 1 ? new JitTimeReadingSource(source, new JitThreadClock(serving[0])) : source;
    }
}
