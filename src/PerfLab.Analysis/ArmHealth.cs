using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis;

/// <summary>What an arm did wrong by itself. It takes the decision from this arm only; the trust in the run does not depend on it.</summary>
public sealed record ArmHealth
{
    /// <summary>Gets how far the arm's figures can be used.</summary>
    public required ArmState State { get; init; }

    /// <summary>Gets whether the spans that it sampled are those that arrived.</summary>
    public required SpanBalance Spans { get; init; }

    /// <summary>Gets the share of its sampled spans that did not arrive; null where nothing was sampled, where it was not measured, and where it is not judged.</summary>
    public required double? SpansLostRatio { get; init; }

    /// <summary>Gets the faults beyond their practical thresholds, those that break the arm first.</summary>
    public required IReadOnlyList<ArmFault> Faults { get; init; }

    /// <summary>Finds the fault that keeps a quantity of this arm from being decided; a fault does not hide its own measure.</summary>
    internal ArmFault? FaultThatHides(ThresholdQuantity quantity) => Faults.FirstOrDefault(fault => (fault.Kind, quantity) switch
    {
        (ArmFaultKind.SpansLost or ArmFaultKind.SpansSurplus or ArmFaultKind.InvalidIds, ThresholdQuantity.SpansLost) => false,
        (ArmFaultKind.RequestsFailed, ThresholdQuantity.ErrorShare or ThresholdQuantity.SpansLost) => false,
        _ => true,
    });
}

/// <summary>How far an arm's figures can be used.</summary>
public enum ArmState
{
    /// <summary>No launch set counts.</summary>
    Unknown = 0,

    /// <summary>No fault beyond its practical threshold.</summary>
    Healthy = 1,

    /// <summary>Its cost is not the cost of all that it should do: a lower bound where it lost spans.</summary>
    Impaired = 2,

    /// <summary>It did not do what it is measured for.</summary>
    Broken = 3,
}

/// <summary>Whether the spans that an arm sampled are those that arrived.</summary>
public enum SpanBalance
{
    /// <summary>The target does not say what it sampled.</summary>
    NotMeasured = 0,

    /// <summary>Every sampled span arrived.</summary>
    Balanced = 1,

    /// <summary>Spans are missing, or more arrived than were sampled.</summary>
    Unbalanced = 2,

    /// <summary>Not judged: the arm is told to export elsewhere or nowhere.</summary>
    ExportedElsewhere = 3,

    /// <summary>Not judged: the arm's back end was faulty on purpose.</summary>
    FaultInjected = 4,
}

/// <summary>One thing that an arm did wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="Count">How many: spans, or requests.</param>
/// <param name="Of">Of how many: sampled spans, or requests.</param>
/// <param name="LaunchSets">In how many launch sets.</param>
public sealed record ArmFault(ArmFaultKind Kind, long Count, long Of, int LaunchSets)
{
    /// <summary>Gets a value indicating whether the arm did less than it should, so that it would have cost more without the fault.</summary>
    internal bool IsLowerBound => Kind is ArmFaultKind.SpansLost or ArmFaultKind.ExportsRejected or ArmFaultKind.TracesMissing or ArmFaultKind.InvalidIds;
}

/// <summary>What an arm can do wrong.</summary>
public enum ArmFaultKind
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Sampled spans did not arrive; of the sampled spans.</summary>
    SpansLost = 1,

    /// <summary>More spans arrived than were sampled; of the sampled spans.</summary>
    SpansSurplus = 2,

    /// <summary>No span arrived, and nothing tells the arm to be silent; 0 of its requests.</summary>
    NothingExported = 3,

    /// <summary>Spans arrived from an arm that is told to export none; spans, of its requests.</summary>
    ExportedThoughSilent = 4,

    /// <summary>Requests were not answered as expected; of those offered.</summary>
    RequestsFailed = 5,

    /// <summary>Fewer traces arrived than the requests of an arm that samples every trace; traces, of its requests.</summary>
    TracesMissing = 7,

    /// <summary>
    /// The share of traces that arrived is not the one that the sampler promises; traces, of those that a sampler of all would have
    /// kept, or of the requests where no arm says how many these are.
    /// </summary>
    SampledShareDiffers = 8,

    /// <summary>Spans arrived whose ids are not valid, so that no back end can take them; of all spans that arrived.</summary>
    InvalidIds = 9,

    /// <summary>The collector rejected exports that may have held spans; exports, of all that reached it.</summary>
    ExportsRejected = 6,

    /// <summary>Exports in which no span could be counted came from an arm that is told to export none; exports, of its requests.</summary>
    SentThoughSilent = 10,
}
