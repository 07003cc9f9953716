using System.Diagnostics.Metrics;

namespace PerfLab.Probe;

/// <summary>
/// Reads the observable instrument <c>otel.sdk.span.started</c> (OpenTelemetry semantic conventions for SDK metrics), by
/// sampling result. Only observable instruments are enabled: they cost nothing until they are read.
/// </summary>
internal sealed class SpanCounters : IDisposable
{
    private const string InstrumentName = "otel.sdk.span.started";
    private const string ResultTag = "otel.span.sampling_result";

    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = [];

    private SpanCounters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.IsObservable && string.Equals(instrument.Name, InstrumentName, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Add(value, tags));
    }

    /// <summary>Starts to listen.</summary>
    public static SpanCounters Listen()
    {
        var counters = new SpanCounters();
        counters._listener.Start();
        return counters;
    }

    /// <summary>Gets the counts now, by sampling result; empty when the target has no such instrument.</summary>
    public IReadOnlyDictionary<string, long> Read()
    {
        _counts.Clear();
        _listener.RecordObservableInstruments();
        return _counts;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Add(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (string.Equals(tag.Key, ResultTag, StringComparison.Ordinal) && tag.Value is string result)
            {
                _counts[result] = _counts.GetValueOrDefault(result) + value;
            }
        }
    }
}
