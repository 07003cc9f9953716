using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.BackEnds;

/// <summary>What was seen of an arm while its back end was in one state.</summary>
/// <param name="Trouble">The trouble; null while it was well.</param>
/// <param name="IsRecovered">Whether trouble came before.</param>
/// <param name="P50Seconds">Median response time of a launch set; null where nothing was answered.</param>
/// <param name="P99Seconds">The 99th percentile of a launch set.</param>
/// <param name="MaxSeconds">The slowest answer of all launch sets.</param>
/// <param name="WorkingSetBytes">Resident memory at the end of it, median over launch sets.</param>
public sealed record BackEndSight(
    BackEndTrouble? Trouble,
    bool IsRecovered,
    LaunchRange? P50Seconds,
    LaunchRange? P99Seconds,
    double? MaxSeconds,
    double? WorkingSetBytes);
