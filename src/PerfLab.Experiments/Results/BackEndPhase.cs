namespace PerfLab.Experiments.Results;

/// <summary>A stretch of the measured window in which an arm's back end was in one state.</summary>
/// <param name="InTrouble">Whether it was in trouble.</param>
/// <param name="RoundCount">The rounds that count in it.</param>
/// <param name="ResponseTime">Response times of these rounds; null where nothing was answered.</param>
/// <param name="WorkingSetBytes">Resident memory of the arm's processes at its end; null where not measured.</param>
public sealed record BackEndPhase(bool InTrouble, int RoundCount, LatencySummary? ResponseTime, long? WorkingSetBytes);
