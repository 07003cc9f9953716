using System.Diagnostics.Tracing;

namespace PerfLab.Probe;

/// <summary>
/// Listens to the warnings and errors of OpenTelemetry's .NET SDK about itself: what its queue dropped, which it says when it
/// is shut down, and exports that failed. A healthy service raises none, so listening costs nothing.
/// </summary>
internal sealed class SdkEventListener : EventListener
{
    private const string SourcePrefix = "OpenTelemetry";
    private const string ExporterPrefix = "OpenTelemetry-Exporter";

    // Raised by the batch processor's shutdown with its own name, the exporter's and the number of items that found no room.
    private const string DroppedEvent = "ExistsDroppedExportProcessorItems";
    private const string SpanProcessor = "Activity";

    private static long s_droppedSpans;
    private static long s_failedExports;

    /// <summary>Gets the spans that found no room in the queue, known once the SDK is shut down.</summary>
    public static long DroppedSpans => Interlocked.Read(ref s_droppedSpans);

    /// <summary>Gets the warnings and errors of exporters so far: one or more for each export that failed.</summary>
    public static long FailedExports => Interlocked.Read(ref s_failedExports);

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name.StartsWith(SourcePrefix, StringComparison.Ordinal))
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == DroppedEvent)
        {
            var isOfSpans = false;
            var dropped = 0L;
            for (var index = 0; index < eventData.Payload?.Count; index++)
            {
                isOfSpans |= eventData.Payload[index] is string text && text.Contains(SpanProcessor, StringComparison.Ordinal);
                dropped = eventData.Payload[index] is long number ? number : dropped;
            }

            Interlocked.Add(ref s_droppedSpans, isOfSpans ? dropped : 0);
        }
        else if (eventData.EventSource.Name.StartsWith(ExporterPrefix, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref s_failedExports);
        }
    }
}
