using PerfLab.Analysis.Traces;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

public sealed class TraceRetentionEvaluatorTests
{
    private const long Begin = 1_700_000_000_000_000_000;

    [Fact]
    public void Failed_and_slow_requests_are_looked_for_among_the_kept_traces()
    {
        // Of 100 requests every tenth failed and every twentieth was slow; the traces of the even ones were kept.
        var requests = Enumerable.Range(0, 100).Select(number => new ObservedRequest(number, "order", number / 10.0, number % 20 == 0 ? 0.2 : 0.001 * number / 100, number % 10 == 5)).ToList();
        var record = Judge(new ArmObservation(requests, Begin, [.. requests.Where(request => request.Number % 2 == 0).SelectMany(request => Trace((int)request.Number))]));

        Assert.Equal((100L, 50L), (record.RequestCount, record.KeptCount));
        Assert.Equal((10L, 0L), (record.FailedCount, record.FailedKeptCount));
        Assert.Equal((5L, 5L), (record.SlowCount, record.SlowKeptCount));
        Assert.Equal((1L, 1L), (record.SlowestCount, record.SlowestKeptCount));
        Assert.Equal((50L, 100L, 0L), (record.CompleteCount, record.SpanCount, record.OrphanCount));
    }

    [Fact]
    public void A_trace_without_one_of_its_parents_is_not_complete_and_has_an_orphan()
    {
        var spans = Trace(0).Concat(Trace(1).Select(span => span.ParentSpanId is null ? span : span with { ParentSpanId = 999 })).ToList();

        var record = Judge(new ArmObservation(Requests(2), Begin, spans));

        Assert.Equal((2L, 1L, 1L), (record.KeptCount, record.CompleteCount, record.OrphanCount));
    }

    [Fact]
    public void A_complete_trace_has_the_services_that_the_fullest_arm_shows_for_its_kind_of_request()
    {
        var full = new ArmObservation(Requests(4), Begin, [.. Enumerable.Range(0, 4).SelectMany(Trace)]);
        var poor = new ArmObservation(Requests(4), Begin, [.. Trace(0), Trace(1)[0]]);

        var records = TraceRetentionEvaluator.Evaluate(LabRun.Retention, [poor, full]);

        Assert.Equal((2L, 1L), (records[0].KeptCount, records[0].CompleteCount));
        Assert.Equal((4L, 4L), (records[1].KeptCount, records[1].CompleteCount));
    }

    [Fact]
    public void Services_that_the_scenario_names_are_expected_of_every_trace()
    {
        var record = TraceRetentionEvaluator.Evaluate(LabRun.Retention with { Services = ["shop", "stock", "bank"] }, [new ArmObservation(Requests(1), Begin, Trace(0))]).Single();

        Assert.Equal((1L, 0L), (record.KeptCount, record.CompleteCount));
    }

    [Fact]
    public void Delays_run_from_the_end_of_a_span_until_it_could_be_seen()
    {
        // Each span ends 10 ms after it began; they are seen 1 s, 2 s, ... 100 s later.
        var spans = Enumerable.Range(1, 100).Select(number => Span(number, number, null, "shop", null) with { KeptUnixNanoseconds = Begin + 10_000_000 + (number * 1_000_000_000L) }).ToList();

        var record = Judge(new ArmObservation([], Begin, spans));

        Assert.Equal(50, record.DelayP50Seconds!.Value, precision: 6);
        Assert.Equal(99, record.DelayP99Seconds!.Value, precision: 6);
    }

    [Fact]
    public void An_arm_that_keeps_nothing_shows_nothing()
    {
        var record = Judge(new ArmObservation([.. Requests(10).Select(request => request with { HasFailed = true })], Begin, []));

        Assert.Equal((0L, 10L, 0L, 0L), (record.KeptCount, record.FailedCount, record.FailedKeptCount, record.CompleteCount));
        Assert.Null(record.DelayP50Seconds);
        Assert.Equal(new AlertRecord(null, WasFiring: false, 0), record.ErrorAlert);
    }

    [Fact]
    public void Spans_of_other_times_and_requests_that_were_not_sent_are_left_out()
    {
        var before = Trace(0).Select(span => span with { StartUnixNanoseconds = Begin - 1 }).ToList();
        var stranger = Trace(77);

        var record = Judge(new ArmObservation(Requests(1), Begin, [.. before, .. stranger]));

        Assert.Equal((1L, 2L), (record.KeptCount, record.SpanCount));
    }

    private static TraceRetentionRecord Judge(ArmObservation arm) => TraceRetentionEvaluator.Evaluate(LabRun.Retention, [arm]).Single();

    private static List<ObservedRequest> Requests(int count) =>
        [.. Enumerable.Range(0, count).Select(number => new ObservedRequest(number, "order", number / 10.0, 0.001, HasFailed: false))];

    // A root that names the request, and a child of another service.
    private static List<SampledSpan> Trace(int request) =>
        [Span(request + 1, 1, null, "shop", request), Span(request + 1, 2, 1, "stock", null)];

    private static SampledSpan Span(int trace, ulong id, ulong? parent, string service, long? request) =>
        new((UInt128)trace, id, parent, service, request, Begin, Begin + 10_000_000, Begin + 20_000_000, Begin + 20_000_000, IsError: false);

    private static SampledSpan Span(int trace, int id, ulong? parent, string service, long? request) => Span(trace, (ulong)id, parent, service, request);
}
