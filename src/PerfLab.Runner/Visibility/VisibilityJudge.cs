using PerfLab.Collector.Visibility;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.Visibility;

/// <summary>Sets what was kept of each arm beside what happened to the requests. Pure.</summary>
internal static class VisibilityJudge
{
    private const double SlowestShare = 0.01;

    /// <summary>Judges all arms of a launch set; they are needed together, because the fullest says what a complete trace is.</summary>
    public static IReadOnlyList<VisibilityRecord> Judge(VisibilityDefinition visibility, IReadOnlyList<ArmObservation> arms)
    {
        var traces = arms.Select(KeptTraces.Find).ToList();
        var services = new ExpectedServices(visibility.Services, traces);
        return [.. arms.Zip(traces, (arm, kept) => Judge(visibility, arm, kept, services))];
    }

    private static VisibilityRecord Judge(
        VisibilityDefinition visibility, ArmObservation arm, IReadOnlyDictionary<long, KeptTrace> traces, ExpectedServices services)
    {
        var failed = arm.Requests.Where(request => request.HasFailed).ToList();
        var slow = arm.Requests.Where(request => request.ResponseSeconds >= visibility.SlowerThanSeconds).ToList();
        var slowest = arm.Requests.OrderByDescending(request => request.ResponseSeconds).Take((int)Math.Ceiling(SlowestShare * arm.Requests.Count)).ToList();
        var spans = arm.Spans.Where(span => span.StartUnixNanoseconds >= arm.BeginUnixNanoseconds).ToList();
        double[] delays = [.. spans.Select(span => (span.KeptUnixNanoseconds - span.EndUnixNanoseconds) / 1e9).Order()];
        return new VisibilityRecord
        {
            RequestCount = arm.Requests.Count,
            KeptCount = traces.Count,
            FailedCount = failed.Count,
            FailedKeptCount = Kept(failed),
            SlowCount = slow.Count,
            SlowKeptCount = Kept(slow),
            SlowestCount = slowest.Count,
            SlowestKeptCount = Kept(slowest),
            CompleteCount = traces.Values.Count(trace => trace.IsWhole && services.AreIn(trace)),
            SpanCount = spans.Count,
            OrphanCount = spans.GroupBy(span => span.TraceId).Sum(Orphans),
            DelayP50Seconds = Quantile(delays, 0.5),
            DelayP99Seconds = Quantile(delays, 0.99),
            ErrorAlert = Replay(visibility, traces.Values, visibility.Alerts.ErrorRatio, trace => trace.HasError, trace => trace.Request.HasFailed),
            SlowAlert = Replay(
                visibility,
                traces.Values,
                visibility.Alerts.SlowRatio,
                trace => trace.DurationSeconds >= visibility.SlowerThanSeconds,
                trace => trace.Request.ResponseSeconds >= visibility.SlowerThanSeconds),
        };

        long Kept(IEnumerable<SeenRequest> requests) => requests.LongCount(request => traces.ContainsKey(request.Number));
    }

    private static int Orphans(IEnumerable<KeptSpan> trace)
    {
        var spans = trace.ToList();
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.Count(span => span.ParentSpanId is { } parent && !ids.Contains(parent));
    }

    private static AlertRecord Replay(
        VisibilityDefinition visibility,
        IEnumerable<KeptTrace> traces,
        double ratio,
        Func<KeptTrace, bool> counts,
        Func<KeptTrace, bool> isMeant)
    {
        var rule = new AlertRule(visibility.Alerts.WindowSeconds, ratio, visibility.Alerts.AtLeast);
        var events = traces.Select(trace => new AlertEvent(
            trace.SeenSeconds,
            counts(trace),
            WindowRequests.IsInBurst(visibility, trace.Request.StartSeconds) && isMeant(trace)));
        return rule.Replay(events, visibility.BeforeSeconds, visibility.TotalSeconds);
    }

    // The smallest value that a share of all does not exceed (nearest rank).
    private static double? Quantile(double[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
