using PerfLab.Analysis.Metrics;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Traces;

/// <summary>
/// Gathers what each launch set let one see. A launch set is one sample, as everywhere: requests within it share one burst,
/// one process and one seed.
/// </summary>
internal static class TraceRetentionAnalyzer
{
    /// <summary>Gathers it; null where the scenario did not ask, or no launch set says.</summary>
    internal static RunTraceRetention? Measure(Plan plan, IReadOnlyList<LaunchRecord> launches)
    {
        if (plan.Visibility is not { } definition)
        {
            return null;
        }

        var records = launches.SelectMany(launch => RecordsOf(definition, launch)).ToLookup(entry => entry.Arm, entry => entry.Record, StringComparer.Ordinal);
        if (records.Count == 0)
        {
            return null;
        }

        ArmTraceRetention[] seen = [.. plan.Arms.Select(arm => Arm(arm, [.. records[arm.Name]]))];
        return new RunTraceRetention(seen);
    }

    // From the raw observation; runs that were made before it was stored carry the record itself. All arms are evaluated
    // together, because the arm with most traces defines which services a complete trace has.
    private static IEnumerable<(string Arm, TraceRetentionRecord Record)> RecordsOf(TraceRetentionDefinition definition, LaunchRecord launch)
    {
        ArmRecord[] observed = [.. launch.Arms.Where(arm => arm.Observation is not null)];
        return observed.Length > 0
            ? observed.Zip(TraceRetentionEvaluator.Evaluate(definition, [.. observed.Select(arm => arm.Observation!)]), (arm, record) => (arm.Arm, record))
            : launch.Arms.Where(arm => arm.Visibility is not null).Select(arm => (arm.Arm, arm.Visibility!));
    }

    private static ArmTraceRetention Arm(PlannedArm arm, TraceRetentionRecord[] records) => new()
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

    private static ShareEstimate Share(TraceRetentionRecord[] records, Func<TraceRetentionRecord, long> count, Func<TraceRetentionRecord, long> of)
    {
        var (seen, all) = (records.Sum(count), records.Sum(of));
        return new ShareEstimate
        {
            Count = seen,
            Of = all,
            Value = all > 0 ? (double)seen / all : null,
            Interval = IntervalOf([.. records.Where(record => of(record) > 0).Select(record => (double)count(record) / of(record))]),
        };
    }

    private static AlertSummary Alert(AlertRecord[] records) => new()
    {
        FiredCount = records.Count(record => record.DelaySeconds is not null),
        WasFiringCount = records.Count(record => record is { WasFiring: true, DelaySeconds: null }),
        Bursts = records.Length,
        FalseCount = records.Sum(record => record.FalseCount),
        Delay = Delay(records.Select(record => record.DelaySeconds)),
    };

    private static DelayEstimate Delay(IEnumerable<double?> delays)
    {
        double[] measured = [.. delays.OfType<double>()];
        return new DelayEstimate(measured.Length == 0 ? null : Quantile.Median(measured), IntervalOf(measured));
    }

    private static Interval? IntervalOf(double[] values) =>
        SignedRankInterval.Of(values, RunConfidence.Level) is { } estimate
            ? new Interval(estimate.Value, estimate.Low, estimate.High, estimate.ConfidenceLevel)
            : null;
}
