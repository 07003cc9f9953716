using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using PerfLab.Collector.Exports;

namespace PerfLab.Collector.Transport;

/// <summary>What the headers of a request say about its body.</summary>
internal static class HttpRequestHeaders
{
    /// <summary>Protobuf over HTTP (OTLP specification, "Binary Protobuf Encoding").</summary>
    public const string Protobuf = "application/x-protobuf";

    /// <summary>JSON over HTTP (ibid., "JSON Protobuf Encoding").</summary>
    public const string Json = "application/json";

    /// <summary>Returns what a path takes; OTLP's default paths only.</summary>
    public static Signal SignalOf(PathString path) => path.Value switch
    {
        "/v1/traces" => Signal.Traces,
        "/v1/metrics" => Signal.Metrics,
        "/v1/logs" => Signal.Logs,
        _ => Signal.Unknown,
    };

    /// <summary>Returns how the payload is written; parameters of the content type, such as a charset, do not matter.</summary>
    public static PayloadFormat FormatOf(string? contentType)
    {
        // What nearly all exporters send, without parsing.
        if (string.Equals(contentType, Protobuf, StringComparison.Ordinal))
        {
            return PayloadFormat.Protobuf;
        }

        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed))
        {
            return PayloadFormat.Unknown;
        }

        return parsed.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase) ? PayloadFormat.Protobuf
            : parsed.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) ? PayloadFormat.Json
            : PayloadFormat.Unknown;
    }

    /// <summary>Whether a content type is one of gRPC's (gRPC over HTTP/2, "Requests").</summary>
    public static bool IsGrpc(string? contentType) =>
        contentType is not null && contentType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads Content-Encoding.</summary>
    /// <param name="encoding">The header's values.</param>
    /// <param name="compressed">True if the body is gzip or deflate.</param>
    /// <returns>False if it is an encoding that is not supported.</returns>
    public static bool TryReadEncoding(StringValues encoding, out bool compressed)
    {
        compressed = false;
        if (StringValues.IsNullOrEmpty(encoding))
        {
            return true;
        }

        var value = encoding.ToString();

        // RFC 9110, section 8.4.1.3: x-gzip is the same.
        compressed = value.Equals("gzip", StringComparison.OrdinalIgnoreCase) || value.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)
            || value.Equals("deflate", StringComparison.OrdinalIgnoreCase);
        return compressed || value.Equals("identity", StringComparison.OrdinalIgnoreCase);
    }
}
