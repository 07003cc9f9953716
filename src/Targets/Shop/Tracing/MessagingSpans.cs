using System.Diagnostics;

namespace Shop.Tracing;

/// <summary>Spans of sending and processing messages by the OpenTelemetry semantic conventions for messaging, written by hand.</summary>
internal static class MessagingSpans
{
    /// <summary>The name under which a listener finds these spans.</summary>
    public const string SourceName = "Shop.Messaging";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span of sending a message.</summary>
    /// <param name="system">The broker's kind.</param>
    /// <param name="broker">The broker.</param>
    /// <param name="queue">The queue or topic.</param>
    /// <param name="id">The message's number.</param>
    /// <param name="bodyBytes">The length of the message's body.</param>
    /// <returns>The span, which the caller ends; null when nobody listens or it is not sampled.</returns>
    public static Activity? StartSend(string system, Uri broker, string queue, string id, int bodyBytes)
    {
        var span = Source.StartActivity($"send {queue}", ActivityKind.Producer);
        Describe(span, "send", system, broker, queue, bodyBytes);
        span?.SetTag("messaging.message.id", id);
        return span;
    }

    /// <summary>Begins the span of processing a message.</summary>
    /// <param name="system">The broker's kind.</param>
    /// <param name="broker">The broker.</param>
    /// <param name="queue">The queue or topic.</param>
    /// <param name="bodyBytes">The length of the message's body.</param>
    /// <param name="producer">The producer's context; not valid when the message has none.</param>
    /// <param name="isLink">Whether the span begins a trace of its own and links to the producer's, instead of being its child.</param>
    /// <returns>The span, which the caller ends; null when nobody listens or it is not sampled.</returns>
    public static Activity? StartProcess(string system, Uri broker, string queue, int bodyBytes, ActivityContext producer, bool isLink)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = isLink && producer != default
            ? Source.StartActivity($"process {queue}", ActivityKind.Consumer, default(ActivityContext), links: [new ActivityLink(producer)])
            : Source.StartActivity($"process {queue}", ActivityKind.Consumer, producer);
        Describe(span, "process", system, broker, queue, bodyBytes);
        if (system == "kafka")
        {
            span?.SetTag("messaging.consumer.group.name", queue);
        }

        return span;
    }

    private static void Describe(Activity? span, string operation, string system, Uri broker, string queue, int bodyBytes)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        span.SetTag("messaging.system", system);
        span.SetTag("messaging.operation.name", operation);
        span.SetTag("messaging.operation.type", operation);
        span.SetTag("messaging.destination.name", queue);
        span.SetTag("messaging.message.body.size", bodyBytes);
        span.SetTag("server.address", broker.Host);
        span.SetTag("server.port", broker.Port);
    }
}
