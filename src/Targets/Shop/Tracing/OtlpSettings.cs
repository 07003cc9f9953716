using OpenTelemetry.Exporter;

namespace Shop.Tracing;

/// <summary>
/// The variables of the OTLP exporter that OpenTelemetry 1.20.1 does not read for a provider built with
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
