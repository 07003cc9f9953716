using System.Diagnostics.Metrics;
using Shop.Sampling;

namespace Shop.Tests.InMemory;

/// <summary>Reads the shop's own count of spans the way a probe does: by name, and only when asked.</summary>
internal sealed class SpanLedgerReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public SpanLedgerReader()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SpanCounts.MeterName && instrument.Name == SpanCounts.StartedName)
            {
                HasInstrument = true;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _counts[(string)tags[0].Value!] = value);
        _listener.Start();
    }

    public bool HasInstrument { get; private set; }

    public Counts Read()
    {
        _counts.Clear();
        _listener.RecordObservableInstruments();
        return new Counts(_counts["DROP"], _counts["RECORD_ONLY"], _counts["RECORD_AND_SAMPLE"]);
    }

    public void Dispose() => _listener.Dispose();

    internal sealed record Counts(long Dropped, long RecordedOnly, long Sampled)
    {
        public long Started => Dropped + RecordedOnly + Sampled;
    }
}
