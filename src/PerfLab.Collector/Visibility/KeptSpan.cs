namespace PerfLab.Collector.Visibility;

/// <summary>A span that was kept, as far as it matters to what can be seen.</summary>
/// <param name="TraceId">Its trace.</param>
/// <param name="SpanId">Its own id.</param>
/// <param name="ParentSpanId">The id of its parent; null for a root.</param>
/// <param name="Service">Who made it; empty where the exporter does not say.</param>
/// <param name="Request">The number of the request that it names; null where it names none.</param>
/// <param name="StartUnixNanoseconds">When it began, by the clock of the service.</param>
/// <param name="EndUnixNanoseconds">When it ended, by the clock of the service.</param>
/// <param name="ArrivedUnixNanoseconds">When it arrived.</param>
/// <param name="KeptUnixNanoseconds">When it was decided that it is kept: then it can be seen.</param>
/// <param name="IsError">Whether its status is Error.</param>
public readonly record struct KeptSpan(
    UInt128 TraceId,
    ulong SpanId,
    ulong? ParentSpanId,
    string Service,
    long? Request,
    long StartUnixNanoseconds,
    long EndUnixNanoseconds,
    long ArrivedUnixNanoseconds,
    long KeptUnixNanoseconds,
    bool IsError);
