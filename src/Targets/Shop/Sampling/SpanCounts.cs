using System.Diagnostics.Metrics;
using OpenTelemetry.Trace;

namespace Shop.Sampling;

/// <summary>
/// Counts the decisions of the sampler and publishes them as <c>otel.sdk.span.started</c> (OpenTelemetry semantic
/// conventions, "SDK metrics"), for a ledger that balances what was created with what arrived. Instruments are
/// observable: nothing is computed unless somebody reads them.
/// </summary>
internal sealed class SpanCounts : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "otel.sdk";

    /// <summary>The counter's name.</summary>
    public const string StartedName = "otel.sdk.span.started";

    /// <summary>The attribute with the decision.</summary>
    public const string ResultName = "otel.span.sampling_result";

    private readonly Meter _meter = new(MeterName);
    private long _dropped;
    private long _recordedOnly;
    private long _sampled;

    /// <summary>Initializes a new instance of the <see cref="SpanCounts"/> class and publishes the instrument.</summary>
    public SpanCounts() => _meter.CreateObservableCounter(StartedName, Observe, "{span}", "The number of created spans.");

    /// <summary>Counts one decision.</summary>
    /// <param name="decision">What the sampler said.</param>
    public void Count(SamplingDecision decision)
    {
        switch (decision)
        {
            case SamplingDecision.RecordAndSample:
                Interlocked.Increment(ref _sampled);
                break;
            case SamplingDecision.RecordOnly:
                Interlocked.Increment(ref _recordedOnly);
                break;
            default:
                Interlocked.Increment(ref _dropped);
                break;
        }
    }

    /// <summary>Corrects the count for spans that were discarded after the sampler had taken them.</summary>
    /// <param name="spans">How many.</param>
    public void MoveSampledToDropped(int spans)
    {
        Interlocked.Add(ref _sampled, -spans);
        Interlocked.Add(ref _dropped, spans);
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private Measurement<long>[] Observe() =>
    [
        new(Interlocked.Read(ref _dropped), new KeyValuePair<string, object?>(ResultName, "DROP")),
        new(Interlocked.Read(ref _recordedOnly), new KeyValuePair<string, object?>(ResultName, "RECORD_ONLY")),
        new(Interlocked.Read(ref _sampled), new KeyValuePair<string, object?>(ResultName, "RECORD_AND_SAMPLE")),
    ];
}

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
