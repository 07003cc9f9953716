using PerfLab.Analysis.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Wording.Findings;

/// <summary>Findings about exports that reached the collector and brought no spans.</summary>
internal static class ExportFindingWording
{
    private const string TracePath = "/v1/traces";

    public static FindingText? Of(FindingDetails details) => details switch
    {
        ExportsRejected rejected => Of(rejected.Exports),
        ExportsWithoutSpans empty => new(
            $"{DisplayText.Count(empty.Count)} of {DisplayText.Counted(empty.ExportCount, "accepted export")} held no spans.",
            "An exporter sends nothing when it has no spans. In OTLP/JSON the keys are lowerCamelCase (resourceSpans, scopeSpans, traceId); unknown keys, snake_case among them, are ignored, as the specification requires."),
        OtherSignalsExported { IsDisabled: true } others => new(
            $"{DisplayText.Counted(others.Count, "export")} of metrics or logs came from it although its SDK is disabled: its figures contain the cost of an SDK.",
            "Start the service without its SDK in this arm: it does not honor OTEL_SDK_DISABLED."),
        OtherSignalsExported others => new(
            $"{DisplayText.Counted(others.Count, "export")} of metrics or logs came from it, and none from the baseline: its cost is not that of tracing alone.",
            "Switch them off in all arms with OTEL_METRICS_EXPORTER=none and OTEL_LOGS_EXPORTER=none, or let the baseline send them too."),
        _ => null,
    };

    private static FindingText Of(IReadOnlyList<RejectedExport> exports)
    {
        var count = exports.Sum(export => export.Count);
        return new FindingText(
            $"{DisplayText.Counted(count, "export")} reached the collector and {(count == 1 ? "was" : "were")} rejected: {string.Join("; ", exports.Select(Describe))}.",
            string.Join(" ", exports.Select(Advice).Distinct(StringComparer.Ordinal)));
    }

    private static string Describe(RejectedExport entry)
    {
        var answer = entry.Status is { } status ? $"{(entry.Transport == ExportTransport.Grpc ? "gRPC status" : "HTTP")} {status}" : "not answered";
        var path = entry.Path switch
        {
            RejectedExport.OtherPaths => "other paths",
            "" => entry.Transport == ExportTransport.Grpc ? "the gRPC port" : "the HTTP/1.1 port",
            _ => entry.Path,
        };
        return $"{DisplayText.Count(entry.Count)} to {path} ({answer}, {Name(entry.Reason)})";
    }

    private static string Name(ExportRejectionReason reason) => reason switch
    {
        ExportRejectionReason.UnknownPath => "unknown path",
        ExportRejectionReason.WrongMethod => "not POST",
        ExportRejectionReason.ContentType => "unsupported content type",
        ExportRejectionReason.ContentEncoding => "unsupported content encoding",
        ExportRejectionReason.TooLarge => "too large",
        ExportRejectionReason.Malformed => "cannot be decoded",
        ExportRejectionReason.NoRoom => "too many requests or connections at once",
        ExportRejectionReason.TooSlow => "the body took too long",
        ExportRejectionReason.ConnectionEnded => "the connection ended before the body did",
        ExportRejectionReason.WrongProtocol => "the protocol of the other port",
        ExportRejectionReason.NoToken => "without the arm's token",
        _ => "unknown reason",
    };

    private static string Advice(RejectedExport entry) => entry.Reason switch
    {
        ExportRejectionReason.UnknownPath => PathAdvice(entry),
        ExportRejectionReason.WrongMethod => "Send exports with POST.",
        ExportRejectionReason.ContentType => "Send application/x-protobuf or application/json over HTTP, application/grpc over gRPC.",
        ExportRejectionReason.ContentEncoding => "Set OTEL_EXPORTER_OTLP_COMPRESSION to gzip or none.",
        ExportRejectionReason.TooLarge => "Send smaller batches: lower OTEL_BSP_MAX_EXPORT_BATCH_SIZE, or put less into a span.",
        ExportRejectionReason.Malformed => "Check what the exporter sends: it is not an export request of OTLP 1.x.",
        ExportRejectionReason.NoRoom => "Export less often, or in larger batches.",
        ExportRejectionReason.TooSlow => "Find out what delays the request body on the sender's side.",
        ExportRejectionReason.ConnectionEnded => "Raise OTEL_EXPORTER_OTLP_TIMEOUT, and flush the SDK before the process ends.",
        ExportRejectionReason.WrongProtocol => "Set OTEL_EXPORTER_OTLP_TRACES_PROTOCOL or OTEL_EXPORTER_OTLP_PROTOCOL to the protocol that the exporter speaks: the endpoint follows it.",
        ExportRejectionReason.NoToken => "Leave the exporter's headers to OTEL_EXPORTER_OTLP_HEADERS, in which each arm gets a token: headers that code sets replace it. If the target's spans all arrived, another program sent these.",
        _ => "Check the target's log for the exporter's messages.",
    };

    private static string PathAdvice(RejectedExport entry)
    {
        if (entry.Transport == ExportTransport.Grpc)
        {
            return "Call opentelemetry.proto.collector.trace.v1.TraceService/Export: use an exporter of OTLP 1.x, and an endpoint without a path.";
        }

        if (entry.Path.EndsWith(TracePath + TracePath, StringComparison.Ordinal))
        {
            return $"The path is appended twice: give the exporter OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, which is used as it is, or leave {TracePath} out of what it appends to.";
        }

        if (entry.Path.EndsWith("/" + TracePath, StringComparison.Ordinal))
        {
            return "The endpoint ends in a slash and the appended path begins with one: join them with a single slash.";
        }

        return entry.Path.TrimEnd('/').Length == 0
            ? $"The exporter posts to the endpoint as it is: append {TracePath}, as OTEL_EXPORTER_OTLP_ENDPOINT asks for."
            : $"Post to {TracePath} below the endpoint.";
    }
}
