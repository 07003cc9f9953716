using PerfLab.Collector.Traces;

namespace PerfLab.Collector.TailSampling;

/// <summary>Leads the spans of one request into the sampler; those without valid ids belong to no trace and were rejected before.</summary>
internal struct TailIntake(TailSampler sampler, long arrivedUnixNanoseconds) : ISpanVisitor
{
    private Origin? origin;

    /// <inheritdoc/>
    public void EnterResource(ResourceView resource) => origin = sampler.OriginOf(resource);

    /// <inheritdoc/>
    public readonly void Visit(SpanView span)
    {
        if (span.HasValidIds)
        {
            sampler.Add(span, origin!, arrivedUnixNanoseconds);
        }
    }
}
