using System.Diagnostics;
using System.Globalization;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Readings;

/// <summary>Chooses where the readings of a target come from: from probes in the processes that serve, and from the kernel for the whole tree.</summary>
internal static class ReadingSourceFactory
{
    private static readonly TimeSpan s_workerStartLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Opens the best source there is.</summary>
    /// <param name="tree">The target's processes.</param>
    /// <param name="serving">Those that answer requests.</param>
    /// <param name="probeFolder">The folder of the probes.</param>
    public static IReadingSource Open(TrackedProcessTree tree, IReadOnlyList<int> serving, string probeFolder)
    {
        var probes = ConnectProbes(serving, probeFolder);
        IReadingSource? kernel = ProcReadingSource.IsAvailable ? new ProcReadingSource(tree) : null;
        var source = probes.Count > 0 ? new ProbeReadingSource(kernel, probes) : kernel ?? new NullReadingSource();
        return serving.Count == 1 ? new JitTimeReadingSource(source, new JitThreadClock(serving[0])) : source;
    }

    private static List<IReadingSource> ConnectProbes(IReadOnlyList<int> serving, string folder)
    {
        var probes = new List<IReadingSource>();
        var workers = new HashSet<int>();
        foreach (var id in serving)
        {
            if (Connect(id, folder) is { } probe)
            {
                probes.Add(probe);
                workers.UnionWith(probe.ReadClusterWorkers());
            }
        }

        // A worker that cannot be asked leaves the sum unknown: the others alone would look like the whole.
        probes.AddRange(workers.Except(serving).Select(id => ConnectWorker(id, folder) ?? (IReadingSource)new NullReadingSource()));
        return probes;
    }

    private static ProbeClient? Connect(int processId, string folder) =>
        ProbeClient.Connect(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{processId}.sock")));

    // The first worker answers before the last one has started.
    private static ProbeClient? ConnectWorker(int processId, string folder)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (Connect(processId, folder) is { } probe)
            {
                return probe;
            }

            if (clock.Elapsed > s_workerStartLimit)
            {
                return null;
            }

            Thread.Sleep(s_pollInterval);
        }
    }
}
