using PerfLab.Analysis.Decisions;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Decisions;

/// <summary>The share of an arm's traces that is kept, where no trace retention window observed it.</summary>
public sealed class TracesKeptTests
{
    private static readonly ArmAnalysis s_arm = LabRun.OneVariant((_, arm) => arm).Arm("on");

    [Theory]
    [InlineData(10_000L, 1_000L, 1_000L, 0.1)]
    [InlineData(10_000L, 0L, 0L, 0.0)]
    [InlineData(null, null, 0L, 0.0)]
    [InlineData(null, null, 1_000L, null)]
    public void It_is_the_share_of_its_spans_that_the_service_sampled(long? created, long? sampled, long received, double? expected) =>
        Assert.Equal(expected, Kept(LabRun.Ledger(sampled, received) with { CreatedCount = created }));

    [Fact]
    public void A_service_that_counts_no_span_says_nothing_of_those_that_arrived() =>
        Assert.Null(Kept(LabRun.Ledger(0, 10)));

    // A trace begins with a span without a parent, and a service may begin several for a request.
    [Theory]
    [InlineData(400L, 4_000, 0.1)]
    [InlineData(5_000L, 4_000, 1.0)]
    [InlineData(0L, 4_000, null)]
    [InlineData(400L, 0, null)]
    [InlineData(null, 4_000, null)]
    public void Where_the_service_does_not_count_it_is_the_share_of_requests_whose_trace_arrived(long? traces, long requests, double? expected) =>
        Assert.Equal(expected, Kept(LabRun.Ledger(null, 1_000) with { RootSpanCount = traces, RequestCount = requests }));

    [Fact]
    public void Tail_sampling_in_the_collector_keeps_a_share_of_what_the_sampler_keeps()
    {
        var arm = s_arm with { Spans = LabRun.Ledger(4_000, 4_000) with { CreatedCount = 10_000 }, TailKeptRatio = 0.25 };

        Assert.Equal(0.4 * 0.25, Recommender.TracesKept(arm, visibility: null)!.Estimate);
    }

    private static double? Kept(SpanLedger spans) => Recommender.TracesKept(s_arm with { Spans = spans }, visibility: null)?.Estimate;
}
