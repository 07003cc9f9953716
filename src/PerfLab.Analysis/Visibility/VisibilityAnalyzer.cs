using PerfLab.Analysis.Comparisons;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics.Descriptions;
using PerfLab.Statistics.SignedRanks;

namespace PerfLab.Analysis.Visibility;

/// <summary>
/// Gathers what each launch set let one see. A launch set is one sample, as everywhere: requests within it share one burst,
/// one process and one seed.
/// </summary>
internal static class VisibilityAnalyzer
{
    /// <summary>Gathers it; null where the scenario did not ask, or no launch set says.</summary>
    internal static RunVisibility? Measure(Plan plan, IReadOnlyList<LaunchRecord> launches, IReadOnlyList<ArmAnalysis> arms)
    {
        if (plan.Visibility is null || !launches.Any(launch => launch.Arms.Any(arm => arm.Visibility is not null)))
        {
            return null;
        }

        ArmVisibility[] seen = [.. plan.Arms.Select(arm => Arm(arm, [.. ArmRecords.Of(arm.Name, launches).Select(record => record.Visibility).OfType<VisibilityRecord>()]))];
        return new RunVisibility(VisibilitySentence.Of(seen, arms), seen);
    }

    private static ArmVisibility Arm(PlannedArm arm, VisibilityRecord[] records) => new()
    {
        Name = arm.Name,
        Role = arm.Role,
        IsTailSampled = arm.Tail is not null,
        Kept = Share(records, record => record.KeptCount, record => record.RequestCount),
        FailedKept = Share(records, record => record.FailedKeptCount, record => record.FailedCount),
        SlowKept = Share(records, record => record.SlowKeptCount, record => record.SlowCount),
        SlowestKept = Share(records, record => record.SlowestKeptCount, record => record.SlowestCount),
        Complete = Share(records, record => record.CompleteCount, record => record.KeptCount),
        Orphans = Share(records, record => record.OrphanCount, record => record.SpanCount),
        DelayP50 = Delay(records.Select(record => record.DelayP50Seconds)),
        DelayP99 = Delay(records.Select(record => record.DelayP99Seconds)),
        ErrorAlert = Alert([.. records.Select(record => record.ErrorAlert)]),
        SlowAlert = Alert([.. records.Select(record => record.SlowAlert)]),
    };

    private static SeenShare Share(VisibilityRecord[] records, Func<VisibilityRecord, long> count, Func<VisibilityRecord, long> of)
    {
        var (seen, all) = (records.Sum(count), records.Sum(of));
        return new SeenShare
        {
            Count = seen,
            Of = all,
            Value = all > 0 ? (double)seen / all : null,
            Interval = IntervalOf([.. records.Where(record => of(record) > 0).Select(record => (double)count(record) / of(record))]),
        };
    }

    private static AlertVisibility Alert(AlertRecord[] records) => new()
    {
        FiredCount = records.Count(record => record.DelaySeconds is not null),
        WasFiringCount = records.Count(record => record is { WasFiring: true, DelaySeconds: null }),
        Bursts = records.Length,
        FalseCount = records.Sum(record => record.FalseCount),
        Delay = Delay(records.Select(record => record.DelaySeconds)),
    };

    private static SeenDelay Delay(IEnumerable<double?> delays)
    {
        double[] measured = [.. delays.OfType<double>()];
        return new SeenDelay(measured.Length == 0 ? null : Quantile.Median(measured), IntervalOf(measured));
    }

    private static Interval? IntervalOf(double[] values) =>
        SignedRankInterval.Of(values, RunConfidence.Level) is { } estimate
            ? new Interval(estimate.Value, estimate.Low, estimate.High, estimate.ConfidenceLevel)
            : null;
}
