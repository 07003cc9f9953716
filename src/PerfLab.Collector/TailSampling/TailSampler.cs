using PerfLab.Collector.Accounting;
using PerfLab.Collector.Payloads;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Collector.TailSampling;

/// <summary>
/// Holds the spans of each trace back until the trace can be judged, and then hands it over whole or drops it. A trace is
/// judged when its time is over, when it is complete (if the policy says so), or when there is no room: then the oldest goes
/// first. Spans that come later follow what was decided.
/// </summary>
internal sealed class TailSampler : IDisposable
{
    // A trace is judged at most this much of its wait too late.
    private const double LooksPerWait = 20;

    // Enough for what ends between two looks at a high rate; more would be memory that nobody counts.
    private const int MostUnused = 4096;

    private readonly Lock gate = new();
    private readonly TailSamplingPolicy policy;
    private readonly ISampledSpanSink kept;
    private readonly CpuMeter cpu;
    private readonly TimeProvider time;
    private readonly long startTimestamp;
    private readonly Dictionary<TraceKey, PendingTrace> undecided = [];
    private readonly LinkedList<PendingTrace> order = new();
    private readonly Stack<PendingTrace> unused = new();
    private readonly InternedResources origins = new();
    private readonly DecisionCache decisions;
    private readonly MemoryUsage room = new();
    private readonly TailSamplerCounters counts;
    private readonly ITimer looking;
    private PolicyEvaluator rules;
    private double nowSeconds;

    /// <summary>Initialises a new instance of the <see cref="TailSampler"/> class.</summary>
    /// <param name="policy">What it keeps and how long it waits.</param>
    /// <param name="kept">Is handed what is kept.</param>
    /// <param name="cpu">Is charged what judging costs.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The policy has too many rules.</exception>
    public TailSampler(TailSamplingPolicy policy, ISampledSpanSink kept, CpuMeter cpu, TimeProvider time)
    {
        this.policy = policy;
        this.kept = kept;
        this.cpu = cpu;
        this.time = time;
        startTimestamp = time.GetTimestamp();
        rules = new PolicyEvaluator(policy.Keep);
        counts = new TailSamplerCounters(policy.Keep.Count);
        decisions = new DecisionCache(policy.MaxTraces);
        var period = TimeSpan.FromSeconds(policy.WaitSeconds / LooksPerWait);
        looking = time.CreateTimer(_ => DecideDue(), state: null, period, period);
    }

    /// <summary>Gets the bytes held now.</summary>
    public long HeldBytes => room.Bytes;

    /// <summary>Takes the spans of a request.</summary>
    /// <param name="payload">A checked ExportTraceServiceRequest.</param>
    public void Take(ReadOnlySpan<byte> payload)
    {
        lock (gate)
        {
            nowSeconds = time.GetElapsedTime(startTimestamp).TotalSeconds;
            var intake = new TailSpanVisitor(this, UnixTime.Nanoseconds(time));
            SpanWalker.Visit(payload, ref intake);
        }
    }

    /// <summary>Finds who made the spans that follow.</summary>
    public InternedResource Intern(ResourceView resource) => origins.Intern(resource);

    /// <summary>Takes one span; only from within <see cref="Take"/>.</summary>
    public void Add(SpanView span, InternedResource origin, long arrivedUnixNanoseconds)
    {
        var key = TraceKey.Of(span.TraceId);
        if (!undecided.TryGetValue(key, out var trace))
        {
            if (decisions.TryGet(key, out var isKept))
            {
                Follow(isKept, span, origin, arrivedUnixNanoseconds, isLate: true);
                return;
            }

            trace = Open(key);
        }

        trace.MatchedRules |= rules.Match(span);
        if (policy.DecidesWhenComplete)
        {
            trace.Completeness.Add(span);
        }

        if (!TryHold(trace, span, origin, arrivedUnixNanoseconds))
        {
            Follow(Decide(trace, forRoom: true), span, origin, arrivedUnixNanoseconds, isLate: false);
        }
        else if (policy.DecidesWhenComplete && trace.Completeness.IsComplete)
        {
            Decide(trace, forRoom: false);
        }
    }

    /// <summary>Judges the traces whose time is over.</summary>
    public void DecideDue() => DecideOlderThan(policy.WaitSeconds);

    /// <summary>Judges all traces.</summary>
    public void DecideAll() => DecideOlderThan(0);

    private void DecideOlderThan(double seconds)
    {
        using var stretch = cpu.Begin();
        lock (gate)
        {
            nowSeconds = time.GetElapsedTime(startTimestamp).TotalSeconds;
            while (order.First?.Value is { } oldest && nowSeconds - oldest.FirstArrivalSeconds >= seconds)
            {
                Decide(oldest, forRoom: false);
            }
        }
    }

    /// <summary>Tells whether a trace was dropped; false also for one that is undecided or forgotten.</summary>
    public bool IsDropped(TraceKey trace)
    {
        lock (gate)
        {
            return decisions.TryGet(trace, out var isKept) && !isKept;
        }
    }

    /// <summary>Reads what was done so far.</summary>
    public TailSamplerSnapshot Read()
    {
        lock (gate)
        {
            return new TailSamplerSnapshot(room.PeakBytes, room.PeakTraces, counts.Read());
        }
    }

    /// <summary>Lets the peaks begin again at what is held now.</summary>
    public void ResetPeaks()
    {
        lock (gate)
        {
            room.ResetPeaks();
        }
    }

    /// <summary>Forgets all traces and counts.</summary>
    public void Reset()
    {
        lock (gate)
        {
            while (order.First?.Value is { } oldest)
            {
                Close(oldest);
            }

            decisions.Clear();
            counts.Clear();
            room.ResetPeaks();
            rules = new PolicyEvaluator(policy.Keep);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => looking.Dispose();

    private PendingTrace Open(TraceKey key)
    {
        if (undecided.Count >= policy.MaxTraces)
        {
            Decide(order.First!.Value, forRoom: true);
        }

        var trace = unused.TryPop(out var used) ? used : new PendingTrace();
        trace.Key = key;
        trace.FirstArrivalSeconds = nowSeconds;
        undecided.Add(key, trace);
        order.AddLast(trace.Node);
        room.Change(trace.HeldBytes, 1);
        return trace;
    }

    private bool TryHold(PendingTrace trace, SpanView span, InternedResource origin, long arrivedUnixNanoseconds)
    {
        var growth = trace.GrowthFor(span.Message.Length) + origin.BytesIfReferenced;
        while (room.Bytes + growth > policy.MaxBytes && order.First?.Value is { } oldest && oldest != trace)
        {
            Decide(oldest, forRoom: true);
        }

        if (room.Bytes + growth > policy.MaxBytes)
        {
            return false;
        }

        var before = trace.HeldBytes;
        trace.Hold(span, origin, arrivedUnixNanoseconds);
        room.Change(trace.HeldBytes - before + origin.AddReference(), 0);
        return true;
    }

    private bool Decide(PendingTrace trace, bool forRoom)
    {
        var rule = rules.Decide(trace.Key, trace.MatchedRules, nowSeconds);
        var isKept = rule is not null;
        counts.CountTrace(rule, forRoom);
        counts.CountSpans(isKept, trace.SpanCount, areLate: false);
        decisions.Add(trace.Key, isKept);
        if (isKept)
        {
            trace.SendTo(kept);
        }

        Close(trace);
        return isKept;
    }

    private void Follow(bool isKept, SpanView span, InternedResource origin, long arrivedUnixNanoseconds, bool isLate)
    {
        counts.CountSpans(isKept, 1, isLate);
        if (isKept)
        {
            kept.Record(new ResourceView(origin.Message), span, arrivedUnixNanoseconds);
        }
    }

    private void Close(PendingTrace trace)
    {
        undecided.Remove(trace.Key);
        order.Remove(trace.Node);
        var held = trace.HeldBytes;
        room.Change(-held - trace.Clear(), -1);
        if (unused.Count < MostUnused)
        {
            unused.Push(trace);
        }
    }
}

/// <summary>Leads the spans of one request into the sampler; those without valid ids belong to no trace and were rejected before.</summary>
internal struct TailSpanVisitor(TailSampler sampler, long arrivedUnixNanoseconds) : ISpanVisitor
{
    private InternedResource? origin;

    /// <inheritdoc/>
    public void EnterResource(ResourceView resource) => origin = sampler.Intern(resource);

    /// <inheritdoc/>
    public readonly void Visit(SpanView span)
    {
        if (span.HasValidIds)
        {
            sampler.Add(span, origin!, arrivedUnixNanoseconds);
        }
    }
}

/// <summary>Is handed every span that is kept: with tail sampling when its trace has been judged, else when it arrives.</summary>
internal interface ISampledSpanSink
{
    /// <summary>Looks at a span that is kept. What it wants to hold on to it copies.</summary>
    /// <param name="resource">Who made it.</param>
    /// <param name="span">The span.</param>
    /// <param name="arrivedUnixNanoseconds">When it arrived, by the clock of this machine.</param>
    void Record(ResourceView resource, SpanView span, long arrivedUnixNanoseconds);
}
