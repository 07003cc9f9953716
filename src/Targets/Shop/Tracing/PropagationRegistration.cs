using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Shop.Settings;

namespace Shop.Tracing;

/// <summary>
/// Acts on <c>OTEL_PROPAGATORS</c>, which OpenTelemetry 1.21.0 does not read. Two parties write headers: the runtime
/// (HttpClient and ASP.NET Core, by a <see cref="DistributedContextPropagator"/>) and the instrumentation packages (by
/// the SDK's default propagator). Both get the same setting.
/// </summary>
internal static class PropagationRegistration
{
    /// <summary>Chooses the formats; leaves runtime and SDK as they are when the variable is unset.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="settings">What the environment asks for.</param>
    public static void AddPropagation(this IServiceCollection services, TracingSettings settings)
    {
        if (settings.Propagators is not { } formats)
        {
            return;
        }

        var propagator = formats.Length == 1 ? Create(formats[0]) : new CompositeTextMapPropagator(formats.Select(Create));
        services.Replace(ServiceDescriptor.Singleton(ForRuntime(formats, propagator)));
        if (settings.IsEnabled)
        {
            Sdk.SetDefaultTextMapPropagator(propagator);
        }
    }

    private static DistributedContextPropagator ForRuntime(IReadOnlyList<string> formats, TextMapPropagator propagator) =>
        formats switch
        {
            ["tracecontext", "baggage"] or ["baggage", "tracecontext"] => DistributedContextPropagator.Current,
            ["tracecontext"] => new TraceContextOnlyPropagator(DistributedContextPropagator.CreateDefaultPropagator()),
            _ => new TextMapPropagatorBridge(propagator),
        };

// The package that replaces this class, OpenTelemetry.Extensions.Propagators, is not served by the feed.
#pragma warning disable CS0618
    private static TextMapPropagator Create(string format) => format switch
    {
        "tracecontext" => new TraceContextPropagator(),
        "baggage" => new BaggagePropagator(),
        "b3" => new B3Propagator(singleHeader: true),
        "b3multi" => new B3Propagator(singleHeader: false),
        _ => throw new InvalidOperationException($"{format} is not a format of Shop. Add it here and to {nameof(TracingSettingsReader)}."),
    };
#pragma warning restore CS0618
}

/// <summary>Lets the runtime read and write headers with a propagator of OpenTelemetry.</summary>
/// <param name="propagator">The format; one without fields propagates nothing.</param>
internal sealed class TextMapPropagatorBridge(TextMapPropagator propagator) : DistributedContextPropagator
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

/// <summary>The runtime's own W3C trace context without baggage: what is not taken in is not passed on either.</summary>
/// <param name="runtime">The runtime's propagator.</param>
internal sealed class TraceContextOnlyPropagator(DistributedContextPropagator runtime) : DistributedContextPropagator
{
    /// <inheritdoc />
    public override IReadOnlyCollection<string> Fields { get; } = ["traceparent", "tracestate"];

    /// <inheritdoc />
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        runtime.Inject(activity, carrier, setter);

    /// <inheritdoc />
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        runtime.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
