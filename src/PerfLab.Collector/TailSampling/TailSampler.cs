using PerfLab.Collector.Costs;
using PerfLab.Collector.Traces;
using PerfLab.Experiments.Results;
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
    private readonly TailPolicy policy;
    private readonly IKeptSpans kept;
    private readonly CpuMeter cpu;
    private readonly TimeProvider time;
    private readonly long startTimestamp;
    private readonly Dictionary<TraceKey, UndecidedTrace> undecided = [];
    private readonly LinkedList<UndecidedTrace> order = new();
    private readonly Stack<UndecidedTrace> unused = new();
    private readonly Origins origins = new();
    private readonly DecisionMemory decisions;
    private readonly HeldRoom room = new();
    private readonly TailCounts counts;
    private readonly ITimer looking;
    private RuleBook rules;
    private double nowSeconds;

    /// <summary>Initialises a new instance of the <see cref="TailSampler"/> class.</summary>
    /// <param name="policy">What it keeps and how long it waits.</param>
    /// <param name="kept">Is handed what is kept.</param>
    /// <param name="cpu">Is charged what judging costs.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The policy has too many rules.</exception>
    public TailSampler(TailPolicy policy, IKeptSpans kept, CpuMeter cpu, TimeProvider time)
    {
        this.policy = policy;
        this.kept = kept;
        this.cpu = cpu;
        this.time = time;
        startTimestamp = time.GetTimestamp();
        rules = new RuleBook(policy.Keep);
        counts = new TailCounts(policy.Keep.Count);
        decisions = new DecisionMemory(policy.MaxTraces);
        var period = TimeSpan.FromSeconds(policy.WaitSeconds / LooksPerWait);
        looking = time.CreateTimer(_ => JudgeDue(), state: null, period, period);
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
            var intake = new TailIntake(this, UnixTime.Nanoseconds(time));
            SpanWalk.Visit(payload, ref intake);
        }
    }

    /// <summary>Finds who made the spans that follow.</summary>
    public Origin OriginOf(ResourceView resource) => origins.Of(resource);

    /// <summary>Takes one span; only from within <see cref="Take"/>.</summary>
    public void Add(SpanView span, Origin origin, long arrivedUnixNanoseconds)
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

        trace.Matched |= rules.Match(span);
        if (policy.DecidesWhenComplete)
        {
            trace.Lineage.Add(span);
        }

        if (!TryHold(trace, span, origin, arrivedUnixNanoseconds))
        {
            Follow(Judge(trace, forRoom: true), span, origin, arrivedUnixNanoseconds, isLate: false);
        }
        else if (policy.DecidesWhenComplete && trace.Lineage.IsComplete)
        {
            Judge(trace, forRoom: false);
        }
    }

    /// <summary>Judges the traces whose time is over.</summary>
    public void JudgeDue() => JudgeOlderThan(policy.WaitSeconds);

    /// <summary>Judges all traces.</summary>
    public void JudgeAll() => JudgeOlderThan(0);

    private void JudgeOlderThan(double seconds)
    {
        using var stretch = cpu.Begin();
        lock (gate)
        {
            nowSeconds = time.GetElapsedTime(startTimestamp).TotalSeconds;
            while (order.First?.Value is { } oldest && nowSeconds - oldest.FirstArrivalSeconds >= seconds)
            {
                Judge(oldest, forRoom: false);
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
    public TailReading Read()
    {
        lock (gate)
        {
            return new TailReading(room.PeakBytes, room.PeakTraces, counts.Read());
        }
    }

    /// <summary>Lets the peaks begin again at what is held now.</summary>
    public void ForgetPeaks()
    {
        lock (gate)
        {
            room.ForgetPeaks();
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
            room.ForgetPeaks();
            rules = new RuleBook(policy.Keep);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => looking.Dispose();

    private UndecidedTrace Open(TraceKey key)
    {
        if (undecided.Count >= policy.MaxTraces)
        {
            Judge(order.First!.Value, forRoom: true);
        }

        var trace = unused.TryPop(out var used) ? used : new UndecidedTrace();
        trace.Key = key;
        trace.FirstArrivalSeconds = nowSeconds;
        undecided.Add(key, trace);
        order.AddLast(trace.Place);
        room.Change(trace.HeldBytes, 1);
        return trace;
    }

    private bool TryHold(UndecidedTrace trace, SpanView span, Origin origin, long arrivedUnixNanoseconds)
    {
        var growth = trace.GrowthFor(span.Message.Length) + origin.UntakenBytes;
        while (room.Bytes + growth > policy.MaxBytes && order.First?.Value is { } oldest && oldest != trace)
        {
            Judge(oldest, forRoom: true);
        }

        if (room.Bytes + growth > policy.MaxBytes)
        {
            return false;
        }

        var before = trace.HeldBytes;
        trace.Hold(span, origin, arrivedUnixNanoseconds);
        room.Change(trace.HeldBytes - before + origin.Take(), 0);
        return true;
    }

    private bool Judge(UndecidedTrace trace, bool forRoom)
    {
        var rule = rules.Judge(trace.Key, trace.Matched, nowSeconds);
        var isKept = rule is not null;
        counts.Judged(rule, forRoom);
        counts.Spans(isKept, trace.SpanCount, areLate: false);
        decisions.Add(trace.Key, isKept);
        if (isKept)
        {
            trace.HandOver(kept);
        }

        Close(trace);
        return isKept;
    }

    private void Follow(bool isKept, SpanView span, Origin origin, long arrivedUnixNanoseconds, bool isLate)
    {
        counts.Spans(isKept, 1, isLate);
        if (isKept)
        {
            kept.Keep(new ResourceView(origin.Resource), span, arrivedUnixNanoseconds);
        }
    }

    private void Close(UndecidedTrace trace)
    {
        undecided.Remove(trace.Key);
        order.Remove(trace.Place);
        var held = trace.HeldBytes;
        room.Change(-held - trace.Clear(), -1);
        if (unused.Count < MostUnused)
        {
            unused.Push(trace);
        }
    }
}
