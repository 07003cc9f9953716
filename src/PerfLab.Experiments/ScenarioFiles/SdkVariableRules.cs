using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Variables that an SDK would pass over in silence: misspelled names, samplers and switches (OpenTelemetry specification 1.50, "SDK environment variables").</summary>
internal static class SdkVariableRules
{
    // More than two letters are another name, perhaps of an SDK's own.
    private const int MostMistakes = 2;

    private static readonly string[] s_otlp = ["ENDPOINT", "INSECURE", "CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE", "HEADERS", "COMPRESSION", "TIMEOUT", "PROTOCOL"];

    private static readonly string[] s_otlpCompression = [.. from signal in new[] { "", "TRACES_", "METRICS_", "LOGS_" } select $"OTEL_EXPORTER_OTLP_{signal}COMPRESSION"];

    private static readonly string[] s_names =
    [
        "OTEL_SDK_DISABLED", "OTEL_ENTITIES", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_SERVICE_NAME", "OTEL_LOG_LEVEL", "OTEL_PROPAGATORS",
        "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER",
        "OTEL_METRICS_EXEMPLAR_FILTER", "OTEL_CONFIG_FILE",
        .. SdkNumberRules.Names,
        .. from signal in new[] { "", "TRACES_", "METRICS_", "LOGS_" } from name in s_otlp select $"OTEL_EXPORTER_OTLP_{signal}{name}",
    ];

    // What the specification knows, and other names that SDKs have for it.
    private static readonly Dictionary<string, string[]> s_values = new(StringComparer.Ordinal)
    {
        [TraceExporters.SamplerVariable] = [.. TraceSampler.Names],
        [TraceExporters.Variable] = ["none", "zipkin", "console", "logging", "jaeger", "in-memory", .. OtlpEnvironment.ExporterNames],
        ["OTEL_PROPAGATORS"] = ["tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray", "ottrace", "none"],
    };

    // What people write for them; other names may be those of an SDK's own.
    private static readonly Dictionary<string, Dictionary<string, string>> s_meant = new(StringComparer.Ordinal)
    {
        [TraceExporters.SamplerVariable] = ByAlias(
            ("traceidratio", ["ratio", "probability", "probabilistic", "trace_id_ratio", "trace_id_ratio_based", "traceidratiobased", "traceidratio_based", "rate"]),
            ("parentbased_always_on", ["parentbased", "parent_based", "parent"]),
            ("always_on", ["true", "on", "yes", "all", "always", "always_sample", "alwayson", "enabled", "full"]),
            ("always_off", ["false", "off", "no", "none", "never", "never_sample", "alwaysoff", "disabled"])),
        [TraceExporters.Variable] = ByAlias(
            ("none", ["off", "false", "no", "null", "noop", "disabled", "never"]),
            ("otlp, and its protocol in OTEL_EXPORTER_OTLP_PROTOCOL", ["true", "on", "grpc", "http", "otlp/http", "otlp/grpc", "otlphttp", "otlpgrpc", "otlp_http", "otlp_grpc", "http/protobuf", "http/json"])),
        ["OTEL_PROPAGATORS"] = ByAlias(
            ("tracecontext", ["w3c", "traceparent", "trace_context", "trace-context", "w3ctracecontext"]),
            ("b3multi", ["b3-multi", "b3_multi"]),
            ("xray", ["aws", "x-ray", "awsxray"]),
            ("none", ["off", "false", "no", "disabled"])),
    };

    // What begins so belongs to the specification alone.
    private static readonly string[] s_closedPrefixes = [TraceExporters.SamplerVariable, "OTEL_BSP_", "OTEL_BLRP_"];

    // No SDK has a way to add others.
    private static readonly string[] s_compressions = ["none", "gzip", "deflate", "zstd", "snappy"];
    private static readonly string[] s_dotNetCompressions = ["none", "gzip"];

    // Other SDKs have them as extensions.
    private static readonly string[] s_notInDotNet = ["jaeger_remote", "parentbased_jaeger_remote", "xray"];

    /// <summary>Says what an SDK would pass over, and what was probably meant; null where nothing is wrong.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isDotNet">Whether the variable is for the .NET SDK.</param>
    public static (string Problem, string Advice)? FaultOf(string name, string value, bool isDotNet)
    {
        if (!s_names.Contains(name, StringComparer.Ordinal) && name.StartsWith("OTEL", StringComparison.OrdinalIgnoreCase) && Nearest(name, s_names) is { } meant)
        {
            return ($"{name} is not a variable that SDKs read.", $"Did you mean {meant}?");
        }

        if (!s_names.Contains(name, StringComparer.Ordinal) && s_closedPrefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } closed)
        {
            return ($"{name} is not a variable that SDKs read.", NearestName.Advise(name, [.. s_names.Where(candidate => candidate.StartsWith(closed, StringComparison.Ordinal))]));
        }

        if (s_values.ContainsKey(name) && FaultOfSpelling(name, value) is { } misspelled)
        {
            return misspelled;
        }

        if (s_values.TryGetValue(name, out var known) && FaultOfWords(value, known) is { } fault)
        {
            return fault;
        }

        if (s_meant.TryGetValue(name, out var aliases) && FaultOfAlias(value, aliases) is { } alias)
        {
            return alias;
        }

        return name switch
        {
            TraceExporters.DisabledVariable when value.Length > 0 && !bool.TryParse(value, out _) =>
                ($"'{value}' does not disable an SDK: only true does.", "Write \"true\" or \"false\"."),
            TraceExporters.SamplerVariable when TraceSampler.Canonical(value) is { } spelled && spelled != value =>
                ($"'{value}' is not how the specification spells it: some SDKs take it, the one of Node.js samples every trace instead, and the one of Java does not start.", $"Write {spelled}."),
            TraceExporters.SamplerVariable when isDotNet && s_notInDotNet.Contains(value, StringComparer.Ordinal) =>
                ($"the SDK of .NET has no {value}; it would pass it over and sample everything.", $"Use one of: {string.Join(", ", TraceSampler.Names.Except(s_notInDotNet))}."),
            _ when s_otlpCompression.Contains(name, StringComparer.Ordinal) => FaultOfCompression(value.Trim(), isDotNet ? s_dotNetCompressions : s_compressions),
            _ => SdkNumberRules.FaultOf(name, value),
        };
    }

    private static (string Problem, string Advice)? FaultOfCompression(string method, string[] known) =>
        method.Length == 0 || known.Contains(method, StringComparer.OrdinalIgnoreCase)
            ? null
            : ($"'{method}' is not a compression that {(known == s_dotNetCompressions ? "the exporter of .NET has" : "exporters know")}.", Nearest(method, known) is { } meant ? $"Did you mean {meant}?" : $"Use one of: {string.Join(", ", known)}.");

    private static (string Problem, string Advice)? FaultOfWords(string value, string[] known) => value.Split(',')
        .Where(word => !known.Contains(word.Trim(), StringComparer.OrdinalIgnoreCase))
        .Select(word => Nearest(word.Trim(), known) is { } meant ? ($"'{word.Trim()}' is not a value that SDKs know; they pass it over and use their default.", $"Did you mean {meant}?") : ((string, string)?)null)
        .FirstOrDefault(fault => fault is not null);

    // A sampler is one name, the others are lists of names.
    private static (string Problem, string Advice)? FaultOfSpelling(string name, string value)
    {
        string[] words = name == TraceExporters.SamplerVariable ? [value.Trim()] : value.Split(',', StringSplitOptions.TrimEntries);
        return words.FirstOrDefault(word => word.Length > 0 && !word.Contains('{', StringComparison.Ordinal) && !IsName(word)) is not { } wrong ? null
            : name == TraceExporters.SamplerVariable ? ($"'{wrong}' is the name of no sampler; SDKs pass it over and sample everything.", $"Write traceidratio, and the share in {TraceSampler.ArgumentVariable}.")
            : ($"'{wrong}' is no name; SDKs pass it over and use their default.", "Separate names by commas.");

        static bool IsName(string word) => char.IsAsciiLetter(word[0]) && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '/' or '-');
    }

    private static (string Problem, string Advice)? FaultOfAlias(string value, Dictionary<string, string> aliases) => value.Split(',', StringSplitOptions.TrimEntries)
        .Where(aliases.ContainsKey)
        .Select(word => ((string, string)?)($"'{word}' is not a value that SDKs know; they pass it over and use their default.", $"Write {aliases[word]}."))
        .FirstOrDefault();

    private static Dictionary<string, string> ByAlias(params (string Meant, string[] Aliases)[] all) => new(
        all.SelectMany(one => one.Aliases, (one, alias) => KeyValuePair.Create(alias, one.Meant)), StringComparer.OrdinalIgnoreCase);

    // Short words are near to many others.
    private static string? Nearest(string text, string[] candidates) =>
        candidates.FirstOrDefault(candidate => NearestName.IsNear(text, candidate, Math.Min(MostMistakes, Math.Max(1, candidate.Length / 4))));
}
