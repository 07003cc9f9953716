using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Shop.Tracing;

/// <summary>Lets the runtime read and write headers with a propagator of OpenTelemetry.</summary>
/// <param name="propagator">The format; one without fields propagates nothing.</param>
internal sealed class TextMapBridge(TextMapPropagator propagator) : DistributedContextPropagator
{
    /// <inheritdoc />
    public override IReadOnlyCollection<string> Fields { get; } = [.. propagator.Fields ?? new HashSet<string>()];

    /// <inheritdoc />
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (activity is not null && setter is not null)
        {
            propagator.Inject(
                new PropagationContext(activity.Context, Baggage.Current),
                (Carrier: carrier, Setter: setter),
                static (target, name, value) => target.Setter(target.Carrier, name, value));
        }
    }

    /// <inheritdoc />
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        traceId = null;
        traceState = null;
        if (getter is null)
        {
            return;
        }

        var context = propagator.Extract(default, (Carrier: carrier, Getter: getter), static (source, name) => Get(source.Carrier, source.Getter, name)).ActivityContext;
        if (context.IsValid())
        {
            // The runtime calls it an identifier but takes it in the form of a W3C traceparent header.
            traceId = $"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";
            traceState = context.TraceState;
        }
    }

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;

    private static IEnumerable<string>? Get(object? carrier, PropagatorGetterCallback getter, string name)
    {
        getter(carrier, name, out var value, out var values);
        return value is null ? values : [value];
    }
}
