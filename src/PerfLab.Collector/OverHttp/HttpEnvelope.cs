using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using PerfLab.Collector.Exports;

namespace PerfLab.Collector.OverHttp;

/// <summary>What the headers of a request say about its body.</summary>
internal static class HttpEnvelope
{
    /// <summary>Protobuf over HTTP (OTLP specification, "Binary Protobuf Encoding").</summary>
    public const string Protobuf = "application/x-protobuf";

    /// <summary>Returns what a path takes; OTLP's default paths only.</summary>
    public static Signal SignalOf(PathString path) => path.Value switch
    {
        "/v1/traces" => Signal.Traces,
        "/v1/metrics" => Signal.Metrics,
        "/v1/logs" => Signal.Logs,
        _ => Signal.Unknown,
    };

    /// <summary>Returns whether the content type is supported; parameters such as a charset do not matter.</summary>
    public static bool IsSupported(string? contentType)
    {
        if (string.Equals(contentType, Protobuf, StringComparison.Ordinal))
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && parsed.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads Content-Encoding.</summary>
    /// <param name="encoding">The header's values.</param>
    /// <param name="compressed">True if the body is gzip.</param>
    /// <returns>False if it is an encoding that is not supported.</returns>
    public static bool TryReadEncoding(StringValues encoding, out bool compressed)
    {
        compressed = false;
        if (StringValues.IsNullOrEmpty(encoding))
        {
            return true;
        }

        var value = encoding.ToString();
        compressed = value.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        return compressed || value.Equals("identity", StringComparison.OrdinalIgnoreCase);
    }
}
