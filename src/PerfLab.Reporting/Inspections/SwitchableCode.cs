using PerfLab.Experiments.Inspections;

namespace PerfLab.Reporting.Inspections;

/// <summary>The lines of code by which a service lets its environment decide, for each runtime that has an SDK with them.</summary>
internal static class SwitchableCode
{
    /// <summary>Lines that create no SDK when it is disabled.</summary>
    public static IReadOnlyList<string> Disabled(ServiceRuntime runtime) => runtime switch
    {
        ServiceRuntime.DotNet =>
        [
            "if (!string.Equals(builder.Configuration[\"OTEL_SDK_DISABLED\"], \"true\", StringComparison.OrdinalIgnoreCase))",
            "    builder.Services.AddOpenTelemetry().WithTracing(...);",
        ],
        ServiceRuntime.Node =>
        [
            "if (process.env.OTEL_SDK_DISABLED?.toLowerCase() !== 'true')",
            "  sdk.start();",
        ],
        ServiceRuntime.Python =>
        [
            "if os.environ.get(\"OTEL_SDK_DISABLED\", \"\").lower() != \"true\":",
            "    trace.set_tracer_provider(provider)",
        ],
        ServiceRuntime.Java =>
        [
            "// opentelemetry-sdk-extension-autoconfigure reads OTEL_SDK_DISABLED and all other variables:",
            "OpenTelemetry openTelemetry = AutoConfiguredOpenTelemetrySdk.initialize().getOpenTelemetrySdk();",
        ],
        _ => ["if OTEL_SDK_DISABLED is \"true\": do not create the tracer provider"],
    };

    /// <summary>Lines that leave the exporter's address to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public static IReadOnlyList<string> Endpoint(ServiceRuntime runtime) => runtime switch
    {
        ServiceRuntime.DotNet => ["tracing.AddOtlpExporter()   // without an Endpoint in code or configuration"],
        ServiceRuntime.Node => ["new OTLPTraceExporter()   // without a url"],
        ServiceRuntime.Python => ["OTLPSpanExporter()   # without an endpoint"],
        ServiceRuntime.Java => ["AutoConfiguredOpenTelemetrySdk.initialize()   // in place of OtlpGrpcSpanExporter.builder().setEndpoint(...)"],
        _ => ["the exporter without an address of its own"],
    };

    /// <summary>Lines that leave the sampler to <c>OTEL_TRACES_SAMPLER</c>.</summary>
    public static IReadOnlyList<string> Sampler(ServiceRuntime runtime) => runtime switch
    {
        ServiceRuntime.DotNet => ["tracing.AddAspNetCoreInstrumentation()   // without SetSampler(...), which takes precedence"],
        ServiceRuntime.Node => ["new NodeSDK({ ... })   // without sampler"],
        ServiceRuntime.Python => ["TracerProvider(resource=resource)   # without sampler"],
        ServiceRuntime.Java => ["AutoConfiguredOpenTelemetrySdk.initialize()   // in place of SdkTracerProvider.builder().setSampler(...)"],
        _ => ["the tracer provider without a sampler of its own"],
    };

    /// <summary>Lines that trace incoming requests.</summary>
    public static IReadOnlyList<string> Tracing(ServiceRuntime runtime) => runtime switch
    {
        ServiceRuntime.DotNet =>
        [
            "builder.Services.AddOpenTelemetry()",
            "    .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddOtlpExporter());",
        ],
        ServiceRuntime.Node => ["node --require @opentelemetry/auto-instrumentations-node/register app.js"],
        ServiceRuntime.Python => ["opentelemetry-instrument python3 app.py"],
        ServiceRuntime.Java => ["java -javaagent:opentelemetry-javaagent.jar -jar app.jar"],
        _ => ["an OpenTelemetry SDK with an OTLP exporter and instrumentation of incoming requests"],
    };

    /// <summary>Lines that read the port from the environment.</summary>
    public static IReadOnlyList<string> Port(string program) => program switch
    {
        "dotnet" =>
        [
            "var app = builder.Build(); ... app.Run();   // without UseUrls, app.Urls, app.Run(\"http://...\")",
            "and no Kestrel:Endpoints in appsettings.json, which take precedence over ASPNETCORE_URLS",
        ],
        "node" or "npm" or "npx" or "yarn" or "pnpm" => ["app.listen(process.env.PORT ?? 3000)"],
        "java" or "mvn" or "gradle" => ["server.port=${PORT:8080}   # application.properties"],
        _ when program.StartsWith("python", StringComparison.Ordinal) || program is "uvicorn" or "gunicorn" or "flask" => ["port = int(os.environ.get(\"PORT\", \"8000\"))"],
        _ => ["the port from the variable PORT, or from an argument: --command \"... {port}\""],
    };
}
