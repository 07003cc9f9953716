namespace PerfLab.Collector.Keeping;

/// <summary>What was kept of an arm's exports.</summary>
/// <param name="Exports">The exports in the order of arrival, from the first on.</param>
/// <param name="MissedCount">Exports that came when there was no room any more.</param>
public sealed record KeptExports(IReadOnlyList<KeptExport> Exports, long MissedCount);
