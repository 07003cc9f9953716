using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Accounting;

/// <summary>Counts what was not taken by status, reason and path. Not safe for threads: the ledger's lock guards it.</summary>
internal sealed class RejectedExportCounts
{
    /// <summary>How many different paths are told apart. A wrong endpoint gives one or two; more comes from paths with random parts.</summary>
    public const int MaxPaths = 16;

    /// <summary>How much of a path is kept: four times the longest path of OTLP.</summary>
    private const int MaxPathLength = 256;

    private readonly Dictionary<RejectedExport, long> counts = [];
    private readonly HashSet<string> paths = new(StringComparer.Ordinal);

    /// <summary>Enters one.</summary>
    /// <param name="rejection">What is known of it; its count does not matter.</param>
    public void Add(RejectedExport rejection)
    {
        var path = rejection.Path.Length > MaxPathLength ? rejection.Path[..MaxPathLength] : rejection.Path;
        if (!paths.Contains(path) && (paths.Count >= MaxPaths || !paths.Add(path)))
        {
            path = RejectedExport.OtherPaths;
        }

        var key = rejection with { Path = path, Count = 0 };
        counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    /// <summary>Reads all, the most frequent first.</summary>
    public IReadOnlyList<RejectedExport> Read() => counts.Count == 0
        ? []
        : RejectedExport.Total(counts.Select(entry => entry.Key with { Count = entry.Value }));

    /// <summary>Starts again.</summary>
    public void Clear()
    {
        counts.Clear();
        paths.Clear();
    }
}
