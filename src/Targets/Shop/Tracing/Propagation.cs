using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Shop.Tracing;

/// <summary>
/// Acts on <c>OTEL_PROPAGATORS</c>, which OpenTelemetry 1.20.1 does not read. Two parties write headers: the runtime
/// (HttpClient and ASP.NET Core, by a <see cref="DistributedContextPropagator"/>) and the instrumentation packages (by
/// the SDK's default propagator). Both are told the same.
/// </summary>
internal static class Propagation
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
            ["tracecontext"] => new TraceContextOnly(DistributedContextPropagator.CreateDefaultPropagator()),
            _ => new TextMapBridge(propagator),
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
