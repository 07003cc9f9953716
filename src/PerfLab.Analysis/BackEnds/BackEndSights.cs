using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.BackEnds;

/// <summary>Puts the phases of launch sets together.</summary>
internal static class BackEndSights
{
    /// <summary>Gets trouble first, then what came after it; empty where no arm's back end was in trouble.</summary>
    internal static IReadOnlyList<BackEndSight> Of(PlannedArm arm, IReadOnlyList<LaunchRecord> launches) =>
    [
        .. ArmRecords.Of(arm.Name, launches)
            .SelectMany(record => record.BackEnd)
            .GroupBy(phase => phase.InTrouble)
            .OrderByDescending(state => state.Key)
            .Select(state => new BackEndSight(
                state.Key ? arm.BackEnd : null,
                !state.Key && arm.BackEnd is not null,
                LaunchRange.Of(state.Select(phase => At(phase.ResponseTime, 50))),
                LaunchRange.Of(state.Select(phase => At(phase.ResponseTime, 99))),
                state.Max(phase => phase.ResponseTime?.MaxSeconds),
                LaunchRange.Of(state.Select(phase => (double?)phase.WorkingSetBytes))?.Median)),
    ];

    private static double? At(LatencySummary? summary, double percentile) =>
        summary?.Spectrum.FirstOrDefault(point => point.Percentile.Equals(percentile))?.Seconds;
}
