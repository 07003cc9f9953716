using System.Diagnostics;

namespace Shop.Queues;

/// <summary>
/// Carries the trace through a message by hand, because neither client does: what an HTTP header is to a request, an entry of
/// the message's headers is here, in the formats of <c>OTEL_PROPAGATORS</c>.
/// </summary>
/// <param name="propagator">Writes and reads the formats.</param>
internal sealed class MessageContextPropagator(DistributedContextPropagator propagator)
{
    /// <summary>Writes the context of a span into headers.</summary>
    /// <param name="span">The span; null writes nothing.</param>
    /// <param name="headers">The message's headers.</param>
    public void Inject(Activity? span, Dictionary<string, string> headers) =>
        propagator.Inject(span, headers, static (carrier, name, value) => ((Dictionary<string, string>)carrier!)[name] = value);

    /// <summary>Reads the context from headers.</summary>
    /// <param name="headers">The message's headers.</param>
    /// <returns>The producer's context; the default, which is no valid context, when there is none.</returns>
    public ActivityContext Extract(IReadOnlyDictionary<string, string> headers)
    {
        propagator.ExtractTraceIdAndState(headers, Get, out var traceParent, out var traceState);
        return ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var context) ? context : default;
    }

    private static void Get(object? carrier, string name, out string? value, out IEnumerable<string>? values)
    {
        value = ((IReadOnlyDictionary<string, string>)carrier!).GetValueOrDefault(name);
        values = null;
    }
}
