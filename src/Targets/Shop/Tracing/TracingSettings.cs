using System.Collections.Immutable;
using OpenTelemetry;
using Shop.Privacy;
using Shop.Tail;

namespace Shop.Tracing;

/// <summary>What the standard <c>OTEL_*</c> variables ask for, as far as Shop acts on them itself (the SDK reads the rest), and Shop's own beside them.</summary>
internal sealed record TracingSettings
{
    /// <summary>Gets a value indicating whether there is an SDK at all; false for <c>OTEL_SDK_DISABLED=true</c>.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Gets whose spans there are.</summary>
    public required Instrumentation Instrumentation { get; init; }

    /// <summary>Gets what the shop's own spans say.</summary>
    public required SpanDetail Detail { get; init; }

    /// <summary>Gets what the caller's side of each boundary does.</summary>
    public required BoundarySettings Boundaries { get; init; }

    /// <summary>Gets what is taken out of spans; null for nothing.</summary>
    public required RedactionSettings? Redaction { get; init; }

    /// <summary>Gets by what the process judges its traces when they have ended; null exports every sampled span.</summary>
    public required TailSettings? Tail { get; init; }

    /// <summary>Gets whether spans are exported in batches (<see cref="ExportProcessorType.Batch"/>) or each when it ends; null leaves it to the exporter.</summary>
    public required ExportProcessorType? Processor { get; init; }

    /// <summary>Gets where spans go, any of <c>otlp</c>, <c>zipkin</c>, <c>console</c> and <c>in-memory</c>; empty for <c>OTEL_TRACES_EXPORTER=none</c>.</summary>
    public required ImmutableArray<string> Exporters { get; init; }

    /// <summary>Gets the formats of the context in headers, in order; empty for <c>none</c>; null when unset, which leaves runtime and SDK as they are.</summary>
    public required ImmutableArray<string>? Propagators { get; init; }

    /// <summary>Gets what Shop sets on the OTLP exporter beyond what the SDK reads itself.</summary>
    public required OtlpSettings Otlp { get; init; }

    /// <summary>Gets a value indicating whether the environment names the service.</summary>
    public required bool IsServiceNamed { get; init; }
}
