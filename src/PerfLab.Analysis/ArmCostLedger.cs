using PerfLab.Experiments.Results;

namespace PerfLab.Analysis;

/// <summary>What tracing costs an arm, layer by layer from micro benchmarks, beside what the run measured. All intervals are 95 % intervals.</summary>
public sealed record ArmCostLedger
{
    /// <summary>Gets the arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Gets spans that the target created per request.</summary>
    public required double CreatedSpansPerRequest { get; init; }

    /// <summary>Gets spans among them that were sampled, per request.</summary>
    public required double SampledSpansPerRequest { get; init; }

    /// <summary>Gets spans per export request; null where nothing was exported.</summary>
    public required double? SpansPerExport { get; init; }

    /// <summary>Gets the layers in the order of a span's path; those that the arm does not have are left out.</summary>
    public required IReadOnlyList<CostLedgerRow> Rows { get; init; }

    /// <summary>Gets the pauses of the garbage collector that the arm has more than the baseline, in nanoseconds per request; null where not measured.</summary>
    public required LayerInterval? CollectorNanosecondsPerRequest { get; init; }

    /// <summary>Gets the layers and the collector, added up.</summary>
    public required LayerInterval SumNanosecondsPerRequest { get; init; }

    /// <summary>Gets the same with the layers' cost when their code and data are no longer in the core's own caches; null where that was not measured.</summary>
    public LayerInterval? ColdSumNanosecondsPerRequest { get; init; }

    /// <summary>Gets the CPU time that the run measured more than for the baseline; null where it has no interval.</summary>
    public required LayerInterval? MeasuredNanosecondsPerRequest { get; init; }

    /// <summary>Gets the bytes that the run measured more than for the baseline; null where it has no interval.</summary>
    public required LayerInterval? MeasuredBytesPerRequest { get; init; }

    /// <summary>Gets what it costs more than the arm before it in the plan; null for the first.</summary>
    public CostIncrement? Increment { get; init; }

    /// <summary>Gets what the run measured and the layers do not explain; below 0 where they explain more than there is.</summary>
    public LayerInterval? UnexplainedNanosecondsPerRequest => MeasuredNanosecondsPerRequest is { } measured ? IndependentSum.Of((1, measured), (-1, SumNanosecondsPerRequest)) : null;

    /// <summary>Gets the share of the measured CPU time that the layers explain; null where the measured one may be 0.</summary>
    public LayerInterval? ExplainedCpuRatio => MeasuredNanosecondsPerRequest is { } measured ? IndependentSum.Quotient(SumNanosecondsPerRequest, measured) : null;

    /// <summary>Gets the share of the measured CPU time that the layers explain with cold caches; null where either is not known.</summary>
    public LayerInterval? ColdExplainedCpuRatio =>
        (ColdSumNanosecondsPerRequest, MeasuredNanosecondsPerRequest) is ({ } cold, { } measured) ? IndependentSum.Quotient(cold, measured) : null;

    /// <summary>Gets the bytes of all layers.</summary>
    public double SumBytesPerRequest => Rows.Sum(row => row.BytesPerRequest);

    /// <summary>Gets the share of the measured bytes that the layers explain; the layers' bytes are counted, not estimated, and have no interval.</summary>
    public LayerInterval? ExplainedBytesRatio =>
        MeasuredBytesPerRequest is { } measured ? IndependentSum.Quotient(new LayerInterval(SumBytesPerRequest, SumBytesPerRequest, SumBytesPerRequest), measured) : null;
}

/// <summary>What an arm costs more per request than the one before it, by the run and by the layers.</summary>
/// <param name="Over">The arm before it.</param>
/// <param name="MeasuredNanoseconds">CPU time by the paired differences of the launch sets; null where they have no interval.</param>
/// <param name="LayersNanoseconds">CPU time of the layers and the collector.</param>
/// <param name="MeasuredBytes">Allocated bytes likewise.</param>
/// <param name="LayersBytes">Bytes of the layers.</param>
public sealed record CostIncrement(string Over, LayerInterval? MeasuredNanoseconds, LayerInterval LayersNanoseconds, LayerInterval? MeasuredBytes, double LayersBytes)
{
    /// <summary>Gets the share of the measured CPU time that the layers explain; null where the measured one may be 0.</summary>
    public LayerInterval? ExplainedCpuRatio => MeasuredNanoseconds is { } measured ? IndependentSum.Quotient(LayersNanoseconds, measured) : null;
}

/// <summary>A layer of an arm.</summary>
/// <param name="Part">The layer.</param>
/// <param name="UnitsPerRequest">How often a request has it: spans, served or sent requests, attributes, exports.</param>
/// <param name="NanosecondsPerRequest">CPU time.</param>
/// <param name="ColdNanosecondsPerRequest">CPU time with cold caches; the same where that was not measured.</param>
/// <param name="BytesPerRequest">Managed bytes.</param>
public sealed record CostLedgerRow(CostLedgerPart Part, double UnitsPerRequest, LayerInterval NanosecondsPerRequest, LayerInterval ColdNanosecondsPerRequest, double BytesPerRequest);

/// <summary>A layer on the path of a span.</summary>
public enum CostLedgerPart
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Reading the context from headers and writing it into them, where the baseline does neither.</summary>
    Propagation = 8,

    /// <summary>The instrumentation of ASP.NET Core, its spans and their attributes included.</summary>
    AspNetCore = 1,

    /// <summary>The instrumentation of HttpClient likewise.</summary>
    HttpClient = 2,

    /// <summary>The spans of the service's own code, without attributes.</summary>
    OwnSpans = 3,

    /// <summary>The attributes of the service's own spans.</summary>
    OwnAttributes = 4,

    /// <summary>The processor, with the thread that takes batches.</summary>
    Processor = 5,

    /// <summary>Serialization.</summary>
    Serialization = 6,

    /// <summary>Sending exports.</summary>
    Export = 7,
}

/// <summary>What the spans of a request are.</summary>
/// <param name="RootServers">Requests that arrive without a context.</param>
/// <param name="CalledServers">Requests that arrive with a context.</param>
/// <param name="Clients">Requests that are sent.</param>
/// <param name="Own">Spans of the service's own code.</param>
/// <param name="OwnAttributes">Attributes on all of those together.</param>
/// <param name="LibraryAttributes">Attributes on all spans of servers and clients together.</param>
public sealed record SpanMix(double RootServers, double CalledServers, double Clients, double Own, double OwnAttributes, double LibraryAttributes)
{
    /// <summary>
    /// Gets an order of Shop (docs/shop.md): the request, three steps with a call each, and four spans of its own with 4, 3, 2 and
    /// 2 attributes. ASP.NET Core's spans have 8 attributes and HttpClient's 6 (semantic conventions for HTTP spans).
    /// </summary>
    public static SpanMix ShopOrder { get; } = new(1, 3, 3, 4, 11, (4 * 8) + (3 * 6));

    /// <summary>Gets all spans of a request.</summary>
    public double Spans => RootServers + CalledServers + Clients + Own;

    /// <summary>Gets the attributes of a span on average.</summary>
    public double AttributesPerSpan => (OwnAttributes + LibraryAttributes) / Spans;
}
