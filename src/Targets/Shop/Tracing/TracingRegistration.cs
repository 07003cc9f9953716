using System.Collections.Immutable;
using System.Diagnostics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Shop.Redaction;
using Shop.Sampling;
using Shop.Settings;

namespace Shop.Tracing;

/// <summary>Sets tracing up as the environment asks for it.</summary>
internal static class TracingRegistration
{
    /// <summary>Adds the SDK with sampler, instrumentation and exporters; adds none of it when the SDK is disabled.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="settings">What the environment asks for.</param>
    /// <param name="serviceName">The service's name unless the environment gives one.</param>
    /// <param name="untracedPaths">Paths that leave no span.</param>
    public static void AddTracing(this IServiceCollection services, TracingSettings settings, string serviceName, ImmutableArray<string> untracedPaths)
    {
        services.AddPropagation(settings);
        services.AddSingleton(new OrderSpans(settings));
        if (!settings.IsEnabled)
        {
            return;
        }

        services.AddSingleton<SpanCounts>();
        services.AddSingleton<RecentSpans>();
        services.AddOptions<OpenTelemetry.Instrumentation.AspNetCore.AspNetCoreTraceInstrumentationOptions>()
            .Configure<SpanCounts, IServiceProvider>((options, counts, provider) => options.Filter = context => IsTraced(context, untracedPaths, counts, provider.GetService<TailSamplingProcessor>()));
        if (settings.Tail is { } tail)
        {
            services.AddSingleton(provider => new TailSamplingProcessor(ExporterRegistration.ProcessorsOf(settings, provider), tail, provider.GetRequiredService<SpanCounts>()));
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource =>
            {
                if (!settings.IsServiceNamed)
                {
                    resource.AddService(serviceName, autoGenerateServiceInstanceId: false);
                }
            })
            .WithTracing(tracing => tracing
                .AddInstrumentation(settings)
                .ConfigureSampler((provider, configured) => new CountingSampler(configured, provider.GetRequiredService<SpanCounts>()))
                .AddRedaction(settings.Redaction)
                .AddEnd(settings));
    }

    private static TracerProviderBuilder AddInstrumentation(this TracerProviderBuilder tracing, TracingSettings settings)
    {
        if (settings.Instrumentation is InstrumentationMode.Manual or InstrumentationMode.Both)
        {
            tracing.AddSource(ShopActivitySource.SourceName, MessagingSpans.SourceName);
        }

        if (settings.Instrumentation is InstrumentationMode.Automatic or InstrumentationMode.Both)
        {
            tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation();
            if (settings.Boundaries.Database == BoundaryTracing.Trace)
            {
                tracing.AddSource(DatabaseSpans.SourceName, DatabaseSpans.NpgsqlSourceName);
            }
        }

        return tracing;
    }

    // Before the exporters, which take a span as the processors before them left it.
    private static TracerProviderBuilder AddRedaction(this TracerProviderBuilder tracing, RedactionSettings? settings) =>
        settings is null ? tracing : tracing.AddProcessor(new RedactionProcessor(new Redactor(settings)));

    private static bool IsTraced(HttpContext context, ImmutableArray<string> untracedPaths, SpanCounts counts, TailSamplingProcessor? tail)
    {
        if (!untracedPaths.Contains(context.Request.Path.Value ?? string.Empty))
        {
            return true;
        }

        // The instrumentation asks after the sampler has decided, and only about spans that it took.
        counts.MoveSampledToDropped(1);
        if (Activity.Current is { } span)
        {
            tail?.Discard(span);
        }

        return false;
    }
}
