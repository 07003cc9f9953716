using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.BackEnds;

/// <summary>Puts the phases of launch sets together.</summary>
internal static class BackEndSights
{
    /// <summary>Gets trouble first, then what came after it; empty where no arm's back end was in trouble.</summary>
    internal static IReadOnlyList<BackEndSight> Of(string arm, IReadOnlyList<LaunchRecord> launches) =>
    [
        .. ArmRecords.Of(arm, launches)
            .SelectMany(record => record.BackEnd)
            .GroupBy(phase => phase.InTrouble)
            .OrderByDescending(state => state.Key)
            .Select(state => new BackEndSight(
                state.Key,
                Median(state.Select(phase => At(phase.ResponseTime, 50))),
                Median(state.Select(phase => At(phase.ResponseTime, 99))),
                state.Max(phase => phase.ResponseTime?.MaxSeconds),
                Median(state.Select(phase => (double?)phase.WorkingSetBytes)))),
    ];

    private static double? At(LatencySummary? summary, double percentile) =>
        summary?.Spectrum.FirstOrDefault(point => point.Percentile.Equals(percentile))?.Seconds;

    private static double? Median(IEnumerable<double?> values)
    {
        double[] sorted = [.. values.OfType<double>().Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
