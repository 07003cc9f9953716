using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Traces;

/// <summary>Sets what was kept of each arm beside what happened to the requests. Pure.</summary>
internal static class TraceRetentionEvaluator
{
    private const double SlowestShare = 0.01;

    /// <summary>Judges all arms of a launch set; they are needed together, because the fullest says what a complete trace is.</summary>
    public static IReadOnlyList<TraceRetentionRecord> Evaluate(TraceRetentionDefinition visibility, IReadOnlyList<ArmObservation> arms)
    {
        var traces = arms.Select(RetainedTraceMatcher.Find).ToList();
        var services = new ExpectedServices(visibility.Services, traces);
        return [.. arms.Zip(traces, (arm, kept) => Evaluate(visibility, arm, kept, services))];
    }

    private static TraceRetentionRecord Evaluate(
        TraceRetentionDefinition visibility, ArmObservation arm, IReadOnlyDictionary<long, RetainedTrace> traces, ExpectedServices services)
    {
        var failed = arm.Requests.Where(request => request.HasFailed).ToList();
        var slow = arm.Requests.Where(request => request.ResponseSeconds >= visibility.SlowerThanSeconds).ToList();
        var slowest = arm.Requests.OrderByDescending(request => request.ResponseSeconds).Take((int)Math.Ceiling(SlowestShare * arm.Requests.Count)).ToList();
        var spans = arm.Spans.Where(span => span.StartUnixNanoseconds >= arm.BeginUnixNanoseconds).ToList();
        double[] delays = [.. spans.Select(span => (span.KeptUnixNanoseconds - span.EndUnixNanoseconds) / 1e9).Order()];
        return new TraceRetentionRecord
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

        long Kept(IEnumerable<ObservedRequest> requests) => requests.LongCount(request => traces.ContainsKey(request.Number));
    }

    private static int Orphans(IEnumerable<SampledSpan> trace)
    {
        var spans = trace.ToList();
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.Count(span => span.ParentSpanId is { } parent && !ids.Contains(parent));
    }

    private static AlertRecord Replay(
        TraceRetentionDefinition visibility,
        IEnumerable<RetainedTrace> traces,
        double ratio,
        Func<RetainedTrace, bool> counts,
        Func<RetainedTrace, bool> isMeant)
    {
        var rule = new AlertRule(visibility.Alerts.WindowSeconds, ratio, visibility.Alerts.AtLeast);
        var events = traces.Select(trace => new AlertEvent(
            trace.SeenSeconds,
            counts(trace),
            visibility.IsInBurst(trace.Request.StartSeconds) && isMeant(trace)));
        return rule.Replay(events, visibility.BeforeSeconds, visibility.TotalSeconds);
    }

    // The smallest value that a share of all does not exceed (nearest rank).
    private static double? Quantile(double[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
