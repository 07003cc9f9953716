using System.Collections.Immutable;

namespace Shop.Tracing;

/// <summary>What the standard <c>OTEL_*</c> variables ask for, as far as Shop acts on them itself. The SDK reads the rest.</summary>
internal sealed record TracingSettings
{
    /// <summary>Gets a value indicating whether there is an SDK at all; false for <c>OTEL_SDK_DISABLED=true</c>.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Gets where spans go, any of <c>otlp</c> and <c>console</c>; empty for <c>OTEL_TRACES_EXPORTER=none</c>.</summary>
    public required ImmutableArray<string> Exporters { get; init; }

    /// <summary>Gets the formats of the context in headers, in order; empty for <c>none</c>; null when unset, which leaves runtime and SDK as they are.</summary>
    public required ImmutableArray<string>? Propagators { get; init; }

    /// <summary>Gets what Shop sets on the OTLP exporter beyond what the SDK reads itself.</summary>
    public required OtlpSettings Otlp { get; init; }

    /// <summary>Gets a value indicating whether the environment names the service.</summary>
    public required bool IsServiceNamed { get; init; }
}
