using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Variables that an SDK would pass over in silence: misspelled names, samplers and switches (OpenTelemetry specification 1.50, "SDK environment variables").</summary>
internal static class SdkVariableRules
{
    // More than two letters are another name, perhaps of an SDK's own.
    private const int MostMistakes = 2;

    private static readonly string[] s_otlp = ["ENDPOINT", "INSECURE", "CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE", "HEADERS", "COMPRESSION", "TIMEOUT", "PROTOCOL"];

    private static readonly string[] s_names =
    [
        "OTEL_SDK_DISABLED", "OTEL_ENTITIES", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_SERVICE_NAME", "OTEL_LOG_LEVEL", "OTEL_PROPAGATORS",
        "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER",
        "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_EXPORT_TIMEOUT", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        "OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BLRP_EXPORT_TIMEOUT", "OTEL_BLRP_MAX_QUEUE_SIZE", "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE",
        "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT",
        "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_EVENT_COUNT_LIMIT", "OTEL_SPAN_LINK_COUNT_LIMIT",
        "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
        "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT",
        "OTEL_METRICS_EXEMPLAR_FILTER", "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_METRIC_EXPORT_TIMEOUT", "OTEL_CONFIG_FILE",
        .. from signal in new[] { "", "TRACES_", "METRICS_", "LOGS_" } from name in s_otlp select $"OTEL_EXPORTER_OTLP_{signal}{name}",
    ];

    // What the specification knows, and other names that SDKs have for it.
    private static readonly Dictionary<string, string[]> s_values = new(StringComparer.Ordinal)
    {
        [TraceExporters.SamplerVariable] = [.. TraceSampler.Names],
        [TraceExporters.Variable] = ["none", "zipkin", "console", "logging", "jaeger", "in-memory", .. OtlpEnvironment.ExporterNames],
        ["OTEL_PROPAGATORS"] = ["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray", "ottrace", "none"],
        ["OTEL_EXPORTER_OTLP_COMPRESSION"] = ["none", "gzip", "deflate", "zstd", "snappy"],
        ["OTEL_EXPORTER_OTLP_TRACES_COMPRESSION"] = ["none", "gzip", "deflate", "zstd", "snappy"],
    };

    // Milliseconds, or numbers of spans.
    private static readonly string[] s_integers =
    [
        "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_EXPORT_TIMEOUT", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        "OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
    ];

    /// <summary>Says what an SDK would pass over, and what was probably meant; null where nothing is wrong.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    public static (string Problem, string Advice)? FaultOf(string name, string value)
    {
        if (!s_names.Contains(name, StringComparer.Ordinal) && name.StartsWith("OTEL", StringComparison.OrdinalIgnoreCase) && Nearest(name, s_names) is { } meant)
        {
            return ($"{name} is not a variable that SDKs read.", $"Did you mean {meant}?");
        }

        if (s_values.TryGetValue(name, out var known) && FaultOfWords(value, known) is { } fault)
        {
            return fault;
        }

        return name switch
        {
            TraceExporters.DisabledVariable when value.Length > 0 && !bool.TryParse(value, out _) =>
                ($"'{value}' does not disable an SDK: only true does.", "Write \"true\" or \"false\"."),
            TraceExporters.SamplerVariable when TraceSampler.Canonical(value) is { } spelled && spelled != value =>
                ($"'{value}' is not how the specification spells it: some SDKs take it, the one of Node.js samples every trace instead, and the one of Java does not start.", $"Write {spelled}."),
            _ when s_integers.Contains(name, StringComparer.Ordinal) && value.Any(char.IsAsciiDigit) && !value.All(char.IsAsciiDigit) =>
                ($"'{value}' is not a whole number; SDKs pass it over and use their default.", "Write digits alone; a time is in milliseconds."),
            _ => null,
        };
    }

    private static (string Problem, string Advice)? FaultOfWords(string value, string[] known) => value.Split(',')
        .Where(word => !known.Contains(word.Trim(), StringComparer.OrdinalIgnoreCase))
        .Select(word => Nearest(word.Trim(), known) is { } meant ? ($"'{word.Trim()}' is not a value that SDKs know; they pass it over and use their default.", $"Did you mean {meant}?") : ((string, string)?)null)
        .FirstOrDefault(fault => fault is not null);

    // Short words are near to many others.
    private static string? Nearest(string text, string[] candidates) =>
        candidates.FirstOrDefault(candidate => NearestName.IsNear(text, candidate, Math.Min(MostMistakes, Math.Max(1, candidate.Length / 4))));
}
