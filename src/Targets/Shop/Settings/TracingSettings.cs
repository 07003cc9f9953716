using System.Collections.Immutable;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace Shop.Settings;

/// <summary>What the standard <c>OTEL_*</c> variables ask for, as far as Shop acts on them itself (the SDK reads the rest), and Shop's own beside them.</summary>
internal sealed record TracingSettings
{
    /// <summary>Gets a value indicating whether there is an SDK at all; false for <c>OTEL_SDK_DISABLED=true</c>.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Gets whose spans there are.</summary>
    public required InstrumentationMode Instrumentation { get; init; }

    /// <summary>Gets what the shop's own spans say.</summary>
    public required SpanDetail Detail { get; init; }

    /// <summary>Gets what the caller's side of each boundary does.</summary>
    public required BoundarySettings Boundaries { get; init; }

    /// <summary>Gets what is taken out of spans; null for nothing.</summary>
    public required RedactionSettings? Redaction { get; init; }

    /// <summary>Gets by what the process judges its traces when they have ended; null exports every sampled span.</summary>
    public required TailSamplingSettings? Tail { get; init; }

    /// <summary>Gets whether spans are exported in batches (<see cref="ExportProcessorType.Batch"/>) or each when it ends; null leaves it to the exporter.</summary>
    public required ExportProcessorType? Processor { get; init; }

    /// <summary>Gets the step after which the path of a span ends; null for the whole path, which ends at the exporters.</summary>
    public required PathStep? EndsAfter { get; init; }

    /// <summary>Gets where spans go, any of <c>otlp</c>, <c>zipkin</c>, <c>console</c> and <c>in-memory</c>; empty for <c>OTEL_TRACES_EXPORTER=none</c>.</summary>
    public required ImmutableArray<string> Exporters { get; init; }

    /// <summary>Gets the formats of the context in headers, in order; empty for <c>none</c>; null when unset, which leaves runtime and SDK as they are.</summary>
    public required ImmutableArray<string>? Propagators { get; init; }

    /// <summary>Gets what Shop sets on the OTLP exporter beyond what the SDK reads itself.</summary>
    public required OtlpSettings Otlp { get; init; }

    /// <summary>Gets a value indicating whether the environment names the service.</summary>
    public required bool IsServiceNamed { get; init; }
}

/// <summary>Whose spans there are.</summary>
internal enum InstrumentationMode
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Nobody's: the SDK is there and hears nothing.</summary>
    None = 1,

    /// <summary>Those of the instrumentation packages and libraries, which no line of the shop's code asks for.</summary>
    Automatic = 2,

    /// <summary>Those that the shop's own code writes.</summary>
    Manual = 3,

    /// <summary>All of them.</summary>
    Both = 4,
}

/// <summary>A step on the path of a span, so that the cost of each can be told from the others'.</summary>
internal enum PathStep
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Spans are recorded, and nobody takes them.</summary>
    Recording = 1,

    /// <summary>A processor that does nothing takes them.</summary>
    Processor = 2,

    /// <summary>The batch processor hands them to an exporter that does nothing.</summary>
    Batch = 3,

    /// <summary>The OTLP exporter serializes them, and its request is dropped.</summary>
    Serialization = 4,
}

/// <summary>What the shop's own spans say.</summary>
internal sealed record SpanDetail
{
    /// <summary>The length of the text of a made-up fact unless the environment gives one, in characters.</summary>
    public const int DefaultSyntheticValueLength = 16;

    /// <summary>Gets how many facts each of the shop's own spans tells, 0 to 1000; null tells the business facts and no more.</summary>
    public required int? AttributeCount { get; init; }

    /// <summary>Gets the length of the text of made-up facts, in characters.</summary>
    public required int SyntheticValueLength { get; init; }

    /// <summary>Gets a value indicating whether each fact is an event of its own instead of an attribute.</summary>
    public required bool RecordsAttributesAsEvents { get; init; }

    /// <summary>Gets a value indicating whether an exception is recorded as an event, with its stack; the status is set in any case.</summary>
    public required bool RecordsExceptions { get; init; }

    /// <summary>Gets a value indicating whether the order's span records personal data of the customer, to measure that mistake.</summary>
    public required bool RecordsPersonalData { get; init; }
}

/// <summary>What the caller's side of each boundary does, so that the cost of each can be told from the others'.</summary>
/// <param name="Http">Calls as JSON over HTTP/1.1.</param>
/// <param name="Grpc">Calls over gRPC.</param>
/// <param name="Queue">Messages, on both sides.</param>
/// <param name="Database">Statements; nothing can be propagated into a database, so it is none or a span.</param>
internal sealed record BoundarySettings(BoundaryTracing Http, BoundaryTracing Grpc, BoundaryTracing Queue, BoundaryTracing Database);

/// <summary>How much of tracing the caller does where a call leaves for another service.</summary>
internal enum BoundaryTracing
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Nothing: no span and no context, so the other side begins a trace of its own.</summary>
    None = 1,

    /// <summary>Passes the context of the span around the call on, without a span of the call itself.</summary>
    Propagate = 2,

    /// <summary>A span of the call, whose context is passed on.</summary>
    Trace = 3,
}

/// <summary>
/// The variables of the OTLP exporter that OpenTelemetry 1.21.0 does not read for a provider built with
/// <c>AddOtlpExporter</c>: the ones for traces only, and the time limit of a batch. Null leaves the SDK's own value.
/// </summary>
internal sealed record OtlpSettings
{
    /// <summary>Gets the address for traces, used as it stands.</summary>
    public required Uri? TracesEndpoint { get; init; }

    /// <summary>Gets the protocol, for traces or for all signals; the SDK reads the latter but only in lower case.</summary>
    public required OtlpExportProtocol? Protocol { get; init; }

    /// <summary>Gets the headers for traces, <c>key=value</c> pairs with commas between.</summary>
    public required string? TracesHeaders { get; init; }

    /// <summary>Gets the compression for traces.</summary>
    public required OtlpExportCompression? TracesCompression { get; init; }

    /// <summary>Gets the time limit of one export request for traces, in milliseconds.</summary>
    public required int? TracesTimeoutMilliseconds { get; init; }

    /// <summary>Gets the time limit of exporting one batch, in milliseconds; the SDK stores it and does not act on it.</summary>
    public required int? BatchTimeoutMilliseconds { get; init; }

    /// <summary>Sets the values that are there.</summary>
    /// <param name="options">What the SDK read by itself.</param>
    public void Apply(OtlpExporterOptions options)
    {
        options.Protocol = Protocol ?? options.Protocol;
        options.Headers = TracesHeaders ?? options.Headers;
        options.Compression = TracesCompression ?? options.Compression;
        options.TimeoutMilliseconds = TracesTimeoutMilliseconds ?? options.TimeoutMilliseconds;
        if (TracesEndpoint is not null)
        {
            // Setting the property also tells the SDK not to append v1/traces, which is what the specification asks for.
            options.Endpoint = TracesEndpoint;
        }

        if (BatchTimeoutMilliseconds is { } limit)
        {
            // A batch is one request here, so the shorter limit of both holds.
            options.TimeoutMilliseconds = Math.Min(options.TimeoutMilliseconds, limit);
        }
    }
}
