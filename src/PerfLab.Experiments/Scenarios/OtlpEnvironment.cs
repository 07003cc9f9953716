namespace PerfLab.Experiments.Scenarios;

/// <summary>
/// The variables that tell an OTLP exporter of traces where to send and by which protocol (OpenTelemetry specification,
/// "OTLP exporter configuration"): those for traces take precedence over the general ones, and an empty variable is one that is not set.
/// </summary>
public static class OtlpEnvironment
{
    /// <summary>The base address of all signals.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The complete address of traces.</summary>
    public const string TracesEndpointVariable = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    /// <summary>The protocol of all signals.</summary>
    public const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>The protocol of traces.</summary>
    public const string TracesProtocolVariable = "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL";

    /// <summary>The headers of exports of all signals.</summary>
    public const string HeadersVariable = "OTEL_EXPORTER_OTLP_HEADERS";

    /// <summary>The headers of exports of traces, in place of the general ones.</summary>
    public const string TracesHeadersVariable = "OTEL_EXPORTER_OTLP_TRACES_HEADERS";

    private const string Grpc = "grpc";
    private const string HttpJson = "http/json";

    // The default that the specification recommends; SDKs differ, so it is set for them.
    private const string DefaultProtocol = "http/protobuf";

    private static readonly string[] s_protocols = [Grpc, DefaultProtocol, HttpJson];
    private static readonly string[] s_protocolVariables = [ProtocolVariable, TracesProtocolVariable];
    // Signals whose exporters PerfLab does not account for, and which would disturb the ports of traces in the wrong protocol.
    private static readonly (string Protocol, string Endpoint, string Path)[] s_otherSignals =
    [
        ("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "v1/metrics"),
        ("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "v1/logs"),
    ];

    private static readonly string[] s_otherCompressions = ["zstd", "snappy"];

    private static readonly string[] s_endpointVariables = [EndpointVariable, TracesEndpointVariable];

    private static readonly string[] s_read =
        [.. s_protocolVariables, TraceExporters.Variable, TraceExporters.DisabledVariable, TraceExporters.SamplerVariable, TraceSampler.ArgumentVariable, "OTEL_BSP_SCHEDULE_DELAY"];

    // Python's SDK names the protocol in the list of exporters.
    private static readonly Dictionary<string, string> s_namedExporters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["otlp_proto_grpc"] = Grpc,
        ["otlp_proto_http"] = DefaultProtocol,
    };

    /// <summary>Gets the variables that name the compression of traces, the one that takes precedence first.</summary>
    public static IReadOnlyList<string> CompressionVariables { get; } = ["OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "OTEL_EXPORTER_OTLP_COMPRESSION"];

    /// <summary>Gets the names in <c>OTEL_TRACES_EXPORTER</c> that stand for OTLP.</summary>
    public static IReadOnlyCollection<string> ExporterNames { get; } = ["otlp", .. s_namedExporters.Keys];

    /// <summary>Tells whether the analysis judges an arm by what a variable says.</summary>
    public static bool IsRead(string name) => s_read.Contains(name, StringComparer.Ordinal);

    /// <summary>Says why an exporter would not do what a variable says, and what to write instead; null when it would.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isDotNet">Whether the variable is for the .NET SDK.</param>
    public static (string Problem, string Advice)? FaultOf(string name, string value, bool isDotNet)
    {
        if (!(s_protocolVariables.Contains(name, StringComparer.Ordinal) || s_otherSignals.Any(signal => signal.Protocol == name)) || string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        return (Canonical(value), isDotNet) switch
        {
            (null, _) => ($"'{value}' is not a protocol of OTLP; exporters pass it over and use their default.", $"Use one of: {string.Join(", ", s_protocols)}."),
            (HttpJson, true) => ("the OTLP exporter of .NET has no http/json and would use grpc instead.", $"Use one of: {Grpc}, {DefaultProtocol}."),
            _ => null,
        };
    }

    /// <summary>Says that the collector cannot read what an exporter would send, and what to write instead; null where it can, or is not sent it.</summary>
    /// <param name="environment">All variables of a process.</param>
    public static (string Problem, string Advice)? FaultOfCompression(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return !SetsEndpoint(environment) && CompressionVariables.Select(name => ValueOf(environment, name)).FirstOrDefault(value => value is not null) is { } method
            && s_otherCompressions.Contains(method.Trim(), StringComparer.OrdinalIgnoreCase)
                ? ($"the collector does not read {method.Trim()} and would reject every export.", "Use gzip, or set the endpoint of a collector of your own.")
                : null;
    }

    /// <summary>Tells whether the environment itself says where traces are sent, so that they do not reach the collector.</summary>
    public static bool SetsEndpoint(IReadOnlyDictionary<string, string> environment) =>
        s_endpointVariables.Any(name => ValueOf(environment, name) is not null);

    /// <summary>
    /// Completes an environment so that endpoint and protocol agree, for exporters that know the variables for traces and for those
    /// that do not. Protocols are written as the specification spells them, and empty variables are removed.
    /// </summary>
    /// <param name="environment">What the scenario sets, placeholders filled in.</param>
    /// <param name="endpointOf">Gets the collector's base address by protocol.</param>
    /// <param name="headers">What the collector wants to see in the headers, as <c>name=value</c>; null for nothing. Headers of the scenario stay.</param>
    /// <returns>The variables to set; null removes one.</returns>
    public static IReadOnlyDictionary<string, string?> Complete(IReadOnlyDictionary<string, string> environment, Func<string, Uri> endpointOf, string? headers = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(endpointOf);
        var tracesProtocol = ProtocolOf(environment, TracesProtocolVariable);
        var protocol = ProtocolOf(environment, ProtocolVariable) ?? DefaultProtocol;
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [ProtocolVariable] = protocol,
            [TracesProtocolVariable] = tracesProtocol,
        };
        if (SetsEndpoint(environment))
        {
            foreach (var name in s_endpointVariables.Where(name => ValueOf(environment, name) is null))
            {
                variables[name] = null;
            }

            return variables;
        }

        var traces = NamedProtocol(environment) ?? tracesProtocol ?? protocol;
        variables[EndpointVariable] = BaseOf(endpointOf(protocol));
        variables[TracesEndpointVariable] = IsGrpc(traces) == IsGrpc(protocol) ? null : EndpointOf(traces, endpointOf(traces), "v1/traces");
        foreach (var (name, endpoint, path) in s_otherSignals)
        {
            if (ProtocolOf(environment, name) is { } own && ValueOf(environment, endpoint) is null)
            {
                variables[name] = own;
                variables[endpoint] = IsGrpc(own) == IsGrpc(protocol) ? null : EndpointOf(own, endpointOf(own), path);
            }
        }

        if (headers is not null)
        {
            variables[HeadersVariable] = WithOwn(ValueOf(environment, HeadersVariable), headers);
            variables[TracesHeadersVariable] = ValueOf(environment, TracesHeadersVariable) is { } own ? WithOwn(own, headers) : null;
        }

        return variables;
    }

    private static string WithOwn(string? own, string headers) => own is null ? headers : $"{own.TrimEnd(',', ' ')},{headers}";

    // Only the general variable is a base; those for a signal are used as they are.
    private static string EndpointOf(string protocol, Uri address, string path) =>
        IsGrpc(protocol) ? BaseOf(address) : $"{BaseOf(address)}/{path}";

    // As people write it: services that put the path behind it themselves would make two slashes of one at the end.
    private static string BaseOf(Uri address) => address.ToString().TrimEnd('/');

    private static bool IsGrpc(string protocol) => protocol == Grpc;

    private static string? NamedProtocol(IReadOnlyDictionary<string, string> environment) =>
        (ValueOf(environment, TraceExporters.Variable) ?? "").Split(',', StringSplitOptions.TrimEntries)
            .Select(exporter => s_namedExporters.GetValueOrDefault(exporter))
            .FirstOrDefault(protocol => protocol is not null);

    private static string? ProtocolOf(IReadOnlyDictionary<string, string> environment, string name) =>
        ValueOf(environment, name) is { } value ? Canonical(value) ?? value : null;

    // "Enum values SHOULD be interpreted in a case-insensitive manner"; some SDKs do not.
    private static string? Canonical(string value) =>
        s_protocols.FirstOrDefault(protocol => string.Equals(protocol, value.Trim(), StringComparison.OrdinalIgnoreCase));

    private static string? ValueOf(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;
}
