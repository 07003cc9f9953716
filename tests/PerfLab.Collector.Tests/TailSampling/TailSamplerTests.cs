using PerfLab.Collector.Accounting;
using PerfLab.Collector.TailSampling;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Collector.Tests.TailSampling;

public sealed class TailSamplerTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly KeptIds kept = new();
    private TailSampler? sampler;

    [Fact]
    public void Nothing_is_decided_before_the_wait_is_over()
    {
        Take(new TestSpan(1, 1) { IsError = true });
        time.Advance(1.9);
        Assert.Empty(kept.Spans);

        time.Advance(0.2);

        Assert.Equal([(1, 1)], kept.Spans);
    }

    [Fact]
    public void One_failed_span_keeps_all_spans_of_its_trace_whatever_their_order()
    {
        Take(new TestSpan(1, 3, 2), new TestSpan(2, 9), new TestSpan(1, 2, 1) { IsError = true, Service = "stock" });
        Take(new TestSpan(1, 1));
        time.Advance(3);

        Assert.Equal([(1, 3), (1, 2), (1, 1)], kept.Spans);
        Assert.Equal(["shop", "stock", "shop"], kept.Services);
        var counts = sampler!.Read().Counts;
        Assert.Equal([1L], counts.KeptByRule);
        Assert.Equal((1L, 3L, 1L, 0L), (counts.DroppedTraceCount, counts.KeptSpanCount, counts.DroppedSpanCount, counts.LateSpanCount));
    }

    [Theory]
    [InlineData(0.249, false)]
    [InlineData(0.25, true)]
    [InlineData(0.4, true)]
    public void A_span_as_long_as_the_bound_is_slow(double seconds, bool isKept)
    {
        Policy(new TailSamplingRule.SlowerThan(0.25));
        Take(new TestSpan(1, 1) { Seconds = seconds }, new TestSpan(1, 2, 1));
        time.Advance(3);

        Assert.Equal(isKept ? 2 : 0, kept.Spans.Count);
    }

    [Theory]
    [InlineData("tier", "vip", "vip", true)]
    [InlineData("tier", null, "vip", true)]
    [InlineData("tier", "vip", "premium", false)]
    [InlineData("other", null, "vip", false)]
    [InlineData("tier", "500", 500, true)]
    [InlineData("tier", "500", 501, false)]
    [InlineData("tier", "true", true, true)]
    [InlineData("tier", "false", true, false)]
    [InlineData("tier", "0.5", 0.5, true)]
    public void An_attribute_is_found_by_name_and_by_value_of_any_kind(string wanted, string? value, object actual, bool isKept)
    {
        Policy(new TailSamplingRule.HasAttribute(wanted, value));
        Take(new TestSpan(1, 1) { Attributes = new Dictionary<string, object> { ["first"] = "x", ["tier"] = actual } });
        time.Advance(3);

        Assert.Equal(isKept ? 1 : 0, kept.Spans.Count);
    }

    [Fact]
    public void A_share_keeps_as_many_traces_as_it_says_and_always_the_same_ones()
    {
        Policy(new TailSamplingRule.Share(0.1));
        var spans = Enumerable.Range(1, 10_000).Select(trace => new TestSpan(trace, 1)).ToArray();
        Take(spans);
        time.Advance(3);
        var first = kept.Traces.ToList();
        sampler!.Reset();
        kept.Spans.Clear();
        Take([.. spans.Reverse()]);
        time.Advance(3);

        // Binomial with p = 0.1: the standard deviation is 30.
        Assert.InRange(first.Count, 850, 1_150);
        Assert.Equal(first.Order(), kept.Traces.Order());
    }

    [Fact]
    public void A_share_of_everything_keeps_everything()
    {
        Policy(new TailSamplingRule.Share(1));
        Take([.. Enumerable.Range(1, 1_000).Select(trace => new TestSpan(trace, 1))]);
        time.Advance(3);

        Assert.Equal(1_000, kept.Spans.Count);
    }

    [Fact]
    public void A_rate_keeps_one_seconds_worth_at_once_and_then_as_time_passes()
    {
        Policy(new TailSamplingRule.AtMost(5));
        Take([.. Enumerable.Range(1, 20).Select(trace => new TestSpan(trace, 1))]);
        time.Advance(2);
        Assert.Equal([1, 2, 3, 4, 5], kept.Traces);

        Take([.. Enumerable.Range(21, 20).Select(trace => new TestSpan(trace, 1))]);
        time.Advance(2);

        Assert.Equal(10, kept.Traces.Count());
    }

    [Fact]
    public void Rules_are_asked_in_their_order_and_the_first_that_fits_is_counted()
    {
        Policy(new TailSamplingRule.AtMost(1), new TailSamplingRule.Errors());
        Take(new TestSpan(1, 1) { IsError = true }, new TestSpan(2, 1) { IsError = true }, new TestSpan(3, 1));
        time.Advance(2);

        Assert.Equal([1L, 1L], sampler!.Read().Counts.KeptByRule);
        Assert.Equal([1, 2], kept.Traces);
    }

    [Fact]
    public void Late_spans_follow_what_was_decided()
    {
        Take(new TestSpan(1, 1) { IsError = true }, new TestSpan(2, 1));
        time.Advance(3);
        Take(new TestSpan(1, 2, 1), new TestSpan(2, 2, 1) { IsError = true });
        time.Advance(3);

        Assert.Equal([(1, 1), (1, 2)], kept.Spans);
        var counts = sampler!.Read().Counts;
        Assert.Equal((2L, 2L, 2L), (counts.LateSpanCount, counts.KeptSpanCount, counts.DroppedSpanCount));
    }

    [Fact]
    public void A_complete_trace_is_decided_at_once_if_the_policy_says_so()
    {
        Policy(new[] { new TailSamplingRule.Errors() }, whenComplete: true);
        Take(new TestSpan(1, 3, 2) { IsError = true }, new TestSpan(1, 1));
        Assert.Empty(kept.Spans);

        Take(new TestSpan(1, 2, 1));

        Assert.Equal(3, kept.Spans.Count);
        Assert.Equal(0, sampler!.HeldBytes);
    }

    [Fact]
    public void A_trace_whose_root_or_parent_never_comes_waits_its_time()
    {
        Policy(new[] { new TailSamplingRule.Errors() }, whenComplete: true);
        Take(new TestSpan(1, 2, 1) { IsError = true }, new TestSpan(2, 3, 2) { IsError = true }, new TestSpan(2, 1));
        Assert.Empty(kept.Spans);

        time.Advance(3);

        Assert.Equal([(1, 2), (2, 3), (2, 1)], kept.Spans);
    }

    [Fact]
    public void The_oldest_trace_is_judged_early_when_there_are_too_many()
    {
        Policy(new[] { new TailSamplingRule.Errors() }, maxTraces: 2);
        Take(new TestSpan(1, 1) { IsError = true }, new TestSpan(2, 1), new TestSpan(3, 1), new TestSpan(4, 1));

        Assert.Equal([(1, 1)], kept.Spans);
        var reading = sampler!.Read();
        Assert.Equal((2L, 1L, 2), (reading.Counts.CutShortTraceCount, reading.Counts.DroppedForRoomTraceCount, reading.PeakTraces));
    }

    [Fact]
    public void Bytes_held_never_pass_their_bound_and_all_come_back()
    {
        Policy(new[] { new TailSamplingRule.Share(0.5) }, maxBytes: 100_000);
        var large = new Dictionary<string, object> { ["text"] = new string('x', 3_000) };
        for (var trace = 1; trace <= 200; trace++)
        {
            Take(new TestSpan(trace, 1) { Attributes = large }, new TestSpan(trace, 2, 1) { Attributes = large });
            Assert.InRange(sampler!.HeldBytes, 1, 100_000);
        }

        time.Advance(3);

        var reading = sampler!.Read();
        Assert.Equal(0, sampler.HeldBytes);
        Assert.InRange(reading.PeakBytes, 50_000, 100_000);
        Assert.True(reading.Counts.CutShortTraceCount > 100);
        Assert.Equal(400, reading.Counts.KeptSpanCount + reading.Counts.DroppedSpanCount);
        Assert.Equal(reading.Counts.KeptSpanCount, kept.Spans.Count);
    }

    [Fact]
    public void A_span_that_fits_nowhere_lets_its_trace_be_judged_at_once()
    {
        Policy(new[] { new TailSamplingRule.Errors() }, maxBytes: 100_000);
        Take(new TestSpan(1, 1), new TestSpan(1, 2, 1) { IsError = true, Attributes = new Dictionary<string, object> { ["text"] = new string('x', 200_000) } });

        Assert.Equal([(1, 1), (1, 2)], kept.Spans);
        Assert.Equal(1, sampler!.Read().Counts.CutShortTraceCount);
    }

    [Fact]
    public void A_resource_that_never_comes_again_is_counted_and_given_back()
    {
        Policy(new[] { new TailSamplingRule.Errors() });
        for (var trace = 1; trace <= 20; trace++)
        {
            Take(new TestSpan(trace, 1) { Service = new string('s', 5_000) + trace });
        }

        Assert.True(sampler!.HeldBytes > 20 * 5_000);
        time.Advance(3);
        Assert.Equal(0, sampler.HeldBytes);
    }

    [Fact]
    public void Judging_all_leaves_nothing_undecided()
    {
        Take(new TestSpan(1, 1) { IsError = true }, new TestSpan(2, 1));

        sampler!.DecideAll();

        Assert.Equal([(1, 1)], kept.Spans);
        Assert.Equal(0, sampler.HeldBytes);
    }

    public void Dispose() => sampler?.Dispose();

    private void Policy(params TailSamplingRule[] keep) => Policy(keep, whenComplete: false);

    private void Policy(IReadOnlyList<TailSamplingRule> keep, bool whenComplete = false, int maxTraces = 20_000, long maxBytes = 100_000_000) => sampler = new TailSampler(
        new TailSamplingPolicy { WaitSeconds = 2, DecidesWhenComplete = whenComplete, Keep = keep, MaxTraces = maxTraces, MaxBytes = maxBytes },
        kept,
        new CpuMeter(),
        time);

    private void Take(params TestSpan[] spans)
    {
        if (sampler is null)
        {
            Policy(new TailSamplingRule.Errors());
        }

        sampler!.Take(TestSpan.Request(spans));
    }
}
