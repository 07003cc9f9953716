using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Gates;

/// <summary>How often the gate was right and wrong so far: what the A/A pairs, the second looks and the planted costs of earlier nights say.</summary>
public sealed record GateTrackRecord
{
    /// <summary>Gets the nights that measured something.</summary>
    public required int Nights { get; init; }

    /// <summary>Gets how often an A/A pair was compared in a metric of the policy.</summary>
    public required int ControlComparisons { get; init; }

    /// <summary>Gets how many of these looked like an increase beyond the threshold, which is a false alarm.</summary>
    public required int ControlAlarms { get; init; }

    /// <summary>Gets the bounds of the false-alarm probability of one comparison, before it is measured again: the exact 95 % interval; null without comparisons.</summary>
    public required (double Low, double High)? ControlAlarmRatio { get; init; }

    /// <summary>Gets the suspects that were measured again.</summary>
    public required int Rechecked { get; init; }

    /// <summary>Gets how many of these were found again.</summary>
    public required int Confirmed { get; init; }

    /// <summary>Gets regressions that the night after reported too, of the same metric and arm: head and baseline move on, so a second report is a doubtful one.</summary>
    public required int Repeated { get; init; }

    /// <summary>Gets the nights with a planted cost.</summary>
    public required int PlantedNights { get; init; }

    /// <summary>Gets how many of these ended as a regression.</summary>
    public required int PlantedFound { get; init; }

    /// <summary>Counts.</summary>
    /// <param name="history">Earlier nights of one environment.</param>
    internal static GateTrackRecord Of(IReadOnlyList<HistoryEntry> history)
    {
        HistoryEntry[] measured = [.. history.Where(entry => entry.Runs.Count > 0)];
        HistoryEntry[] clean = [.. measured.Where(entry => entry.Night.Planted.Count == 0)];
        HistoryEntry[] planted = [.. measured.Where(entry => entry.Night.Planted.Count > 0)];
        HistoryEstimate[] controls = [.. measured.SelectMany(entry => entry.Estimates.Where(estimate => estimate.Arm is null))];
        var alarms = controls.Count(IsAlarm);
        var rechecked = measured.SelectMany(entry => Rechecks(entry)).ToArray();
        return new GateTrackRecord
        {
            Nights = measured.Length,
            ControlComparisons = controls.Length,
            ControlAlarms = alarms,
            ControlAlarmRatio = controls.Length == 0 ? null : BinomialInterval.Of(alarms, controls.Length),
            Rechecked = rechecked.Length,
            Confirmed = rechecked.Count(outcome => outcome == GateOutcome.Regressed),
            Repeated = clean.Zip(clean.Skip(1)).Sum(nights => Regressions(nights.First).Intersect(Regressions(nights.Second)).Count()),
            PlantedNights = planted.Length,
            PlantedFound = planted.Count(entry => entry.Outcome == GateOutcome.Regressed),
        };
    }

    private static bool IsAlarm(HistoryEstimate estimate) => estimate.RatioLow > estimate.Threshold;

    // The second run measures whole arms: only what looked like an increase in the first was in question.
    private static IEnumerable<GateOutcome> Rechecks(HistoryEntry entry) =>
        from first in entry.Estimates
        where first is { Run: 0, Arm: not null, Against: null } && IsAlarm(first)
        where entry.Estimates.Any(second => second.Run == 1 && second.Arm == first.Arm && second.Metric == first.Metric)
        from verdict in entry.Verdicts
        where verdict.Arm == first.Arm && verdict.Metric == first.Metric
        select verdict.Outcome;

    private static IEnumerable<(string Arm, MetricId Metric)> Regressions(HistoryEntry entry) =>
        entry.Verdicts.Where(verdict => verdict.Outcome == GateOutcome.Regressed).Select(verdict => (verdict.Arm, verdict.Metric));
}
