using System.Diagnostics;
using OpenTelemetry;
using Shop.Sampling;
using Shop.Settings;

namespace Shop.Tests.Unit;

/// <summary>Traces whose spans begin and end in orders that a shop makes seldom.</summary>
public sealed class TailProcessorTests : IDisposable
{
    private readonly Collected _exported = new();
    private readonly SpanCounts _counts = new();
    private readonly TailSamplingProcessor _processor;

    public TailProcessorTests() => _processor = new TailSamplingProcessor([_exported], new TailSamplingSettings(0, TimeSpan.FromSeconds(1)), _counts);

    [Fact]
    public void Nothing_is_exported_while_a_span_of_the_trace_is_open()
    {
        var (root, child) = (Begin(), Begin());
        End(child, ActivityStatusCode.Error);
        Assert.Empty(_exported.Spans);
        Assert.Equal(1, _processor.BufferedTraceCount);

        End(root);

        Assert.Equal([child, root], _exported.Spans);
        Assert.Equal(0, _processor.BufferedTraceCount);
    }

    [Fact]
    public void What_comes_after_a_trace_was_kept_for_its_error_is_kept_too()
    {
        End(Begin(), ActivityStatusCode.Error);
        var late = Begin();
        End(late);
        End(Begin(trace: 2));

        Assert.Equal(2, _exported.Spans.Count);
        Assert.Same(late, _exported.Spans[1]);
    }

    [Fact]
    public void A_span_that_is_taken_back_does_not_keep_its_trace_open()
    {
        _processor.Discard(Begin());

        Assert.Equal(0, _processor.BufferedTraceCount);
        Assert.Empty(_exported.Spans);
    }

    [Fact]
    public void Above_the_bound_every_span_is_judged_for_itself()
    {
        for (ulong trace = 1; trace <= 10_000; trace++)
        {
            Begin(trace);
        }

        var (failed, good) = (Begin(trace: 20_000), Begin(trace: 20_000));
        Assert.Equal(10_000, _processor.BufferedTraceCount);
        End(failed, ActivityStatusCode.Error);
        End(Begin(trace: 20_001));

        Assert.Equal([failed], _exported.Spans);
        End(good);
        Assert.Equal([failed, good], _exported.Spans);
    }

    [Fact]
    public void A_trace_is_slow_when_one_of_its_spans_is()
    {
        var (root, child) = (Begin(), Begin());
        child.SetEndTime(child.StartTimeUtc.AddSeconds(1));
        End(child);
        root.SetEndTime(root.StartTimeUtc.AddMilliseconds(999));
        End(root);

        Assert.Equal([child, root], _exported.Spans);
    }

    public void Dispose()
    {
        _processor.Dispose();
        _exported.Dispose();
        _counts.Dispose();
    }

    private Activity Begin(ulong trace = 1)
    {
        var id = ActivityTraceId.CreateFromString($"{0:x16}{trace:x16}");
        var span = new Activity("span").SetParentId(id, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();
        Activity.Current = null;
        _processor.OnStart(span);
        return span;
    }

    private void End(Activity span, ActivityStatusCode status = ActivityStatusCode.Unset)
    {
        span.SetStatus(status);
        if (span.Duration == TimeSpan.Zero)
        {
            span.SetEndTime(span.StartTimeUtc.AddMilliseconds(1));
        }

        _processor.OnEnd(span);
    }

    private sealed class Collected : BaseProcessor<Activity>
    {
        public List<Activity> Spans { get; } = [];

        public override void OnEnd(Activity data) => Spans.Add(data);
    }
}
