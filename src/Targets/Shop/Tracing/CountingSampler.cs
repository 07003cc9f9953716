using OpenTelemetry.Trace;

namespace Shop.Tracing;

/// <summary>
/// Asks the configured sampler and counts its answer. The SDK asks once for every span that anything would create,
/// children of unsampled parents included, so the answers add up to all spans.
/// </summary>
internal sealed class CountingSampler : Sampler
{
    private readonly Sampler _configured;
    private readonly SpanCounts _counts;

    /// <summary>Initializes a new instance of the <see cref="CountingSampler"/> class.</summary>
    /// <param name="configured">The sampler that decides.</param>
    /// <param name="counts">Where to count.</param>
    public CountingSampler(Sampler configured, SpanCounts counts)
    {
        _configured = configured;
        _counts = counts;
        Description = configured.Description;
    }

    /// <inheritdoc />
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var result = _configured.ShouldSample(in samplingParameters);
        _counts.Count(result.Decision);
        return result;
    }
}
