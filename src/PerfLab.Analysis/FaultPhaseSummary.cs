using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Analysis;

/// <summary>What was seen of an arm while its back end was in one state.</summary>
/// <param name="Trouble">The trouble; null while it was well.</param>
/// <param name="IsRecovered">Whether trouble came before.</param>
/// <param name="P50Seconds">Median response time of a launch set; null where nothing was answered.</param>
/// <param name="P99Seconds">The 99th percentile of a launch set; null where each has too few answers for it.</param>
/// <param name="MaxSeconds">The slowest answer of all launch sets.</param>
/// <param name="WorkingSetBytes">Resident memory at the end of it, median over launch sets.</param>
public sealed record FaultPhaseSummary(
    BackEndFaultDefinition? Trouble,
    bool IsRecovered,
    LaunchSetRange? P50Seconds,
    LaunchSetRange? P99Seconds,
    double? MaxSeconds,
    double? WorkingSetBytes);

/// <summary>
/// A value in all launch sets. From six launch sets on, least and most hold the true median with a confidence of at least 95 %:
/// it lies outside only if all launch sets fall on the same side of it (sign test, 2 x 0.5^n).
/// </summary>
/// <param name="Median">The middle one.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
public sealed record LaunchSetRange(double Median, double Least, double Most)
{
    /// <summary>Summarises values in any order; null where there is none.</summary>
    internal static LaunchSetRange? Of(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>()];
        return known.Length == 0 ? null : new(Quantile.Median(known), known.Min(), known.Max());
    }
}

/// <summary>Puts the phases of launch sets together.</summary>
internal static class FaultPhaseAnalyzer
{
    /// <summary>Gets trouble first, then what came after it; empty where no arm's back end was in trouble.</summary>
    internal static IReadOnlyList<FaultPhaseSummary> Of(PlannedArm arm, IReadOnlyList<LaunchRecord> launches) =>
    [
        .. ArmRecords.Of(arm.Name, launches)
            .SelectMany(record => record.BackEnd)
            .GroupBy(phase => phase.InTrouble)
            .OrderByDescending(state => state.Key)
            .Select(state => new FaultPhaseSummary(
                state.Key ? arm.BackEnd : null,
                !state.Key && arm.BackEnd is not null,
                LaunchSetRange.Of(state.Select(phase => At(phase.ResponseTime, 50))),
                LaunchSetRange.Of(state.Select(phase => At(phase.ResponseTime, 99))),
                state.Max(phase => phase.ResponseTime?.MaxSeconds),
                LaunchSetRange.Of(state.Select(phase => (double?)phase.WorkingSetBytes))?.Median)),
    ];

    private static double? At(LatencySummary? summary, double percentile) => summary is not null && PercentileValues.Suffice(percentile, summary.Count)
        ? summary.Spectrum.FirstOrDefault(point => point.Percentile.Equals(percentile))?.Seconds
        : null;
}
