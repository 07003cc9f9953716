using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Shop.Tracing;

/// <summary>Sets tracing up as the environment asks for it.</summary>
internal static class TracingRegistration
{
    /// <summary>Adds the SDK with sampler, instrumentation and exporters; adds none of it when the SDK is disabled.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="settings">What the environment asks for.</param>
    /// <param name="serviceName">The service's name unless the environment gives one.</param>
    /// <param name="untracedPath">A path that leaves no span.</param>
    public static void AddTracing(this IServiceCollection services, TracingSettings settings, string serviceName, string untracedPath)
    {
        services.AddPropagation(settings);
        if (!settings.IsEnabled)
        {
            return;
        }

        services.AddSingleton<SpanCounts>();
        services.AddOptions<OpenTelemetry.Instrumentation.AspNetCore.AspNetCoreTraceInstrumentationOptions>()
            .Configure<SpanCounts>((options, counts) => options.Filter = context => IsTraced(context, untracedPath, counts));
        services.AddOpenTelemetry()
            .ConfigureResource(resource =>
            {
                if (!settings.IsServiceNamed)
                {
                    resource.AddService(serviceName, autoGenerateServiceInstanceId: false);
                }
            })
            .WithTracing(tracing => tracing
                .AddSource(ShopTracing.SourceName)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .ConfigureSampler((provider, configured) => new CountingSampler(configured, provider.GetRequiredService<SpanCounts>()))
                .AddExporters(settings));
    }

    private static TracerProviderBuilder AddExporters(this TracerProviderBuilder tracing, TracingSettings settings)
    {
        foreach (var exporter in settings.Exporters)
        {
            _ = exporter switch
            {
                "otlp" => tracing.AddOtlpExporter(settings.Otlp.Apply),
                "console" => tracing.AddConsoleExporter(),
                _ => throw new InvalidOperationException($"{exporter} is not an exporter of Shop. Add it here and to {nameof(TracingSettingsReader)}."),
            };
        }

        return tracing;
    }

    private static bool IsTraced(HttpContext context, string untracedPath, SpanCounts counts)
    {
        if (!context.Request.Path.Equals(untracedPath, StringComparison.Ordinal))
        {
            return true;
        }

        // The instrumentation asks after the sampler has decided, and only about spans that it took.
        counts.MoveSampledToDropped();
        return false;
    }
}
