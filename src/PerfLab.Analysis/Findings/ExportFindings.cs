using PerfLab.Analysis.Wording;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Findings;

/// <summary>Exports that reached the collector and brought no spans into the ledger.</summary>
internal static class ExportFindings
{
    private const string TracePath = "/v1/traces";

    internal static IEnumerable<Finding> Of(IReadOnlyList<ArmAnalysis> arms) => arms.SelectMany(Of);

    private static IEnumerable<Finding> Of(ArmAnalysis arm)
    {
        var severity = RejectedExport.ShareOf(arm.Spans) > RejectedExport.PracticalLimitRatio ? FindingSeverity.Warning : FindingSeverity.Note;
        RejectedExport[] rejected = [.. arm.Spans.RejectedExports.Where(entry => !entry.IsIntended)];
        if (rejected.Length > 0)
        {
            yield return new Finding(
                severity,
                "exports-rejected",
                arm.Name,
                $"{CountText.Of(rejected.Sum(entry => entry.Count), "export")} reached the collector and {(rejected.Sum(entry => entry.Count) == 1 ? "was" : "were")} not taken: {string.Join("; ", rejected.Select(Describe))}.",
                string.Join(" ", rejected.Select(Advise).Distinct(StringComparer.Ordinal)));
        }

        if (arm.Spans.ExportsWithoutSpansCount > 0)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "exports-without-spans",
                arm.Name,
                FormattableString.Invariant($"{arm.Spans.ExportsWithoutSpansCount:N0} of {arm.Spans.ExportRequestCount:N0} exports that were taken held no spans."),
                "An exporter sends nothing when it has no spans. In OTLP/JSON the keys are lowerCamelCase (resourceSpans, scopeSpans, traceId); unknown keys, snake_case among them, are ignored as the specification asks.");
        }
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
        return FormattableString.Invariant($"{entry.Count:N0} to {path} ({answer}, {Name(entry.Reason)})");
    }

    private static string Name(ExportRejectionReason reason) => reason switch
    {
        ExportRejectionReason.UnknownPath => "unknown path",
        ExportRejectionReason.WrongMethod => "not POST",
        ExportRejectionReason.ContentType => "unsupported content type",
        ExportRejectionReason.ContentEncoding => "unsupported content encoding",
        ExportRejectionReason.TooLarge => "too large",
        ExportRejectionReason.Malformed => "cannot be decoded",
        ExportRejectionReason.NoRoom => "too many requests at once",
        ExportRejectionReason.TooSlow => "the body took too long",
        ExportRejectionReason.ConnectionEnded => "the connection ended before the body did",
        ExportRejectionReason.WrongProtocol => "the protocol of the other port",
        _ => "unknown reason",
    };

    private static string Advise(RejectedExport entry) => entry.Reason switch
    {
        ExportRejectionReason.UnknownPath => AdvisePath(entry),
        ExportRejectionReason.WrongMethod => "Send exports with POST.",
        ExportRejectionReason.ContentType => "Send application/x-protobuf or application/json over HTTP, application/grpc over gRPC.",
        ExportRejectionReason.ContentEncoding => "Set OTEL_EXPORTER_OTLP_COMPRESSION to gzip or none.",
        ExportRejectionReason.TooLarge => "Send smaller batches: lower OTEL_BSP_MAX_EXPORT_BATCH_SIZE, or put less into a span.",
        ExportRejectionReason.Malformed => "Look at what the exporter sends: it is no Export request of OTLP 1.x.",
        ExportRejectionReason.NoRoom => "Export less often, or in larger batches.",
        ExportRejectionReason.TooSlow => "Look for what delays the sender's body.",
        ExportRejectionReason.ConnectionEnded => "Raise OTEL_EXPORTER_OTLP_TIMEOUT, and let the process flush before it ends.",
        ExportRejectionReason.WrongProtocol => "Let OTEL_EXPORTER_OTLP_TRACES_PROTOCOL, or OTEL_EXPORTER_OTLP_PROTOCOL, name the protocol that the exporter speaks: the endpoint follows it.",
        _ => "Look into the target's log for what the exporter says.",
    };

    private static string AdvisePath(RejectedExport entry)
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
            return "The endpoint ends in a slash and another is appended: join the two with one slash.";
        }

        return entry.Path.TrimEnd('/').Length == 0
            ? $"The exporter posts to the endpoint as it is: append {TracePath}, as OTEL_EXPORTER_OTLP_ENDPOINT asks for."
            : $"Post to {TracePath} below the endpoint.";
    }
}
