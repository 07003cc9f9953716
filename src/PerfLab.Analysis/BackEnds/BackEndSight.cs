namespace PerfLab.Analysis.BackEnds;

/// <summary>What was seen of an arm while its back end was in one state: medians over launch sets.</summary>
/// <param name="InTrouble">Whether it was in trouble.</param>
/// <param name="P50Seconds">Median response time; null where nothing was answered.</param>
/// <param name="P99Seconds">The 99th percentile.</param>
/// <param name="MaxSeconds">The slowest answer of all launch sets.</param>
/// <param name="WorkingSetBytes">Resident memory at the end of it.</param>
public sealed record BackEndSight(bool InTrouble, double? P50Seconds, double? P99Seconds, double? MaxSeconds, double? WorkingSetBytes);
