using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Shop.Settings;

namespace Shop.Sampling;

/// <summary>
/// Tail sampling inside the service: holds the spans of a trace back until none of them is open in this process, then hands
/// all of them to the exporters or none. It sees its own process only: where a trace crosses processes each of them decides for
/// its own part, and an error in one is not known in the others.
/// </summary>
internal sealed class TailSamplingProcessor : CompositeProcessor<Activity>
{
    // Far more than are ever in flight at once. Spans of traces above it are judged each for itself, at once.
    private const int MostTraces = 10_000;

    private readonly ConcurrentDictionary<ActivityTraceId, BufferedTrace> _traces = new();
    private readonly SampledTraceIds _kept = new(MostTraces);
    private readonly TraceIdRatioBasedSampler _share;
    private readonly TimeSpan? _slowerThan;
    private readonly SpanCounts _counts;
    private int _traceCount;

    /// <summary>Initializes a new instance of the <see cref="TailSamplingProcessor"/> class.</summary>
    /// <param name="exporters">The processors that export what is kept.</param>
    /// <param name="settings">What is kept.</param>
    /// <param name="counts">Is told of spans that are not kept.</param>
    public TailSamplingProcessor(IEnumerable<BaseProcessor<Activity>> exporters, TailSamplingSettings settings, SpanCounts counts)
        : base(exporters)
    {
        _share = new TraceIdRatioBasedSampler(settings.Share);
        _slowerThan = settings.SlowerThan;
        _counts = counts;
    }

    /// <summary>Gets how many traces are held back now.</summary>
    public int BufferedTraceCount => Volatile.Read(ref _traceCount);

    /// <inheritdoc />
    public override void OnStart(Activity data)
    {
        base.OnStart(data);
        while (Find(data.TraceId) is { } trace && !trace.TryBegin())
        {
            Forget(data.TraceId, trace);
        }
    }

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        if (!TryEnd(data.TraceId, data))
        {
            Decide([data]);
        }
    }

    /// <summary>Takes back a span that began and is not to be exported: the SDK does not tell of its end.</summary>
    /// <param name="span">The span.</param>
    public void Discard(Activity span) => TryEnd(span.TraceId, null);

    private bool TryEnd(ActivityTraceId id, Activity? span)
    {
        if (!_traces.TryGetValue(id, out var trace) || !trace.TryEnd(span, out var complete))
        {
            return false;
        }

        if (complete is not null)
        {
            Forget(id, trace);
            Decide(complete);
        }

        return true;
    }

    private BufferedTrace? Find(ActivityTraceId id)
    {
        if (_traces.TryGetValue(id, out var known))
        {
            return known;
        }

        if (Volatile.Read(ref _traceCount) >= MostTraces)
        {
            return null;
        }

        var fresh = new BufferedTrace();
        var entered = _traces.GetOrAdd(id, fresh);
        if (ReferenceEquals(entered, fresh))
        {
            Interlocked.Increment(ref _traceCount);
        }

        return entered;
    }

    private void Forget(ActivityTraceId id, BufferedTrace trace)
    {
        if (_traces.TryRemove(new KeyValuePair<ActivityTraceId, BufferedTrace>(id, trace)))
        {
            Interlocked.Decrement(ref _traceCount);
        }
    }

    private void Decide(IReadOnlyList<Activity> spans)
    {
        if (spans.Count == 0)
        {
            return;
        }

        if (!IsSampled(spans))
        {
            _counts.MoveSampledToDropped(spans.Count);
            return;
        }

        foreach (var span in spans)
        {
            base.OnEnd(span);
        }
    }

    private bool IsSampled(IReadOnlyList<Activity> spans)
    {
        var id = spans[0].TraceId;
        if (spans.Any(span => span.Status == ActivityStatusCode.Error || span.Duration >= _slowerThan))
        {
            _kept.Add(id);
            return true;
        }

        return _share.ShouldSample(new SamplingParameters(default, id, spans[0].DisplayName, spans[0].Kind)).Decision == SamplingDecision.RecordAndSample
            || _kept.Contains(id);
    }
}
