using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>Which address an exporter is given, by the OTLP exporter page of the OpenTelemetry specification.</summary>
public sealed class OtlpEnvironmentTests
{
    private const string Http = "http://127.0.0.1:4318";
    private const string Grpc = "http://127.0.0.1:4317";
    private const string HttpTraces = "http://127.0.0.1:4318/v1/traces";

    // The variables of the scenario; then protocol, endpoint, protocol of traces, endpoint of traces as the process sees them.
    [Theory]
    [InlineData("", "http/protobuf", Http, null, null)]
    [InlineData("PROTOCOL=", "http/protobuf", Http, null, null)]
    [InlineData("PROTOCOL= ;TRACES_PROTOCOL=", "http/protobuf", Http, null, null)]
    [InlineData("PROTOCOL=grpc", "grpc", Grpc, null, null)]
    [InlineData("PROTOCOL=GRPC", "grpc", Grpc, null, null)]
    [InlineData("PROTOCOL= http/Protobuf ", "http/protobuf", Http, null, null)]
    [InlineData("PROTOCOL=http/json", "http/json", Http, null, null)]
    [InlineData("TRACES_PROTOCOL=grpc", "http/protobuf", Http, "grpc", Grpc)]
    [InlineData("TRACES_PROTOCOL=Grpc;PROTOCOL=http/protobuf", "http/protobuf", Http, "grpc", Grpc)]
    [InlineData("TRACES_PROTOCOL=http/protobuf;PROTOCOL=grpc", "grpc", Grpc, "http/protobuf", HttpTraces)]
    [InlineData("TRACES_PROTOCOL=http/json;PROTOCOL=http/protobuf", "http/protobuf", Http, "http/json", null)]
    [InlineData("TRACES_PROTOCOL=grpc;PROTOCOL=grpc", "grpc", Grpc, "grpc", null)]
    [InlineData("TRACES_PROTOCOL=;PROTOCOL=grpc", "grpc", Grpc, null, null)]
    [InlineData("TRACES_PROTOCOL=grpc;PROTOCOL=", "http/protobuf", Http, "grpc", Grpc)]
    [InlineData("ENDPOINT=;TRACES_ENDPOINT=;PROTOCOL=grpc", "grpc", Grpc, null, null)]
    [InlineData("ENDPOINT=http://elsewhere:1", "http/protobuf", "http://elsewhere:1", null, null)]
    [InlineData("ENDPOINT=http://elsewhere:1;TRACES_PROTOCOL=grpc", "http/protobuf", "http://elsewhere:1", "grpc", null)]
    [InlineData("TRACES_ENDPOINT=http://elsewhere:1/v1/traces;ENDPOINT=", "http/protobuf", null, null, "http://elsewhere:1/v1/traces")]
    [InlineData("EXPORTER=otlp_proto_grpc", "http/protobuf", Http, null, Grpc)]
    [InlineData("EXPORTER=otlp_proto_http;PROTOCOL=grpc", "grpc", Grpc, null, HttpTraces)]
    [InlineData("EXPORTER=OTLP;PROTOCOL=grpc", "grpc", Grpc, null, null)]
    public void Endpoint_and_protocol_agree(string scenario, string protocol, string? endpoint, string? tracesProtocol, string? tracesEndpoint)
    {
        var environment = Variables(scenario);
        var completed = OtlpEnvironment.Complete(environment, name => new Uri(name == "grpc" ? Grpc : Http));

        // What the process sees: the scenario's variables with the completed ones over them.
        string? Seen(string name) => completed.TryGetValue(name, out var value) ? value : environment.GetValueOrDefault(name);
        Assert.Equal(
            (protocol, endpoint, tracesProtocol, tracesEndpoint),
            (Seen("OTEL_EXPORTER_OTLP_PROTOCOL"), Seen("OTEL_EXPORTER_OTLP_ENDPOINT"), Seen("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"), Seen("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")));
    }

    [Theory]
    [InlineData("METRICS_PROTOCOL=grpc", "METRICS", "grpc", Grpc)]
    [InlineData("LOGS_PROTOCOL=GRPC", "LOGS", "grpc", Grpc)]
    [InlineData("LOGS_PROTOCOL=http/protobuf;PROTOCOL=grpc", "LOGS", "http/protobuf", "http://127.0.0.1:4318/v1/logs")]
    [InlineData("METRICS_PROTOCOL=http/protobuf;PROTOCOL=grpc", "METRICS", "http/protobuf", "http://127.0.0.1:4318/v1/metrics")]
    [InlineData("METRICS_PROTOCOL=http/json", "METRICS", "http/json", null)]
    [InlineData("METRICS_PROTOCOL=grpc;METRICS_ENDPOINT=http://elsewhere:1", "METRICS", "grpc", "http://elsewhere:1")]
    [InlineData("METRICS_PROTOCOL=grpc;ENDPOINT=http://elsewhere:1", "METRICS", "grpc", null)]
    [InlineData("PROTOCOL=grpc", "LOGS", null, null)]
    public void Metrics_and_logs_go_where_their_protocol_is_spoken_too(string scenario, string signal, string? protocol, string? endpoint)
    {
        var environment = Variables(scenario);
        var completed = OtlpEnvironment.Complete(environment, name => new Uri(name == "grpc" ? Grpc : Http));

        string? Seen(string name) => completed.TryGetValue(name, out var value) ? value : environment.GetValueOrDefault(name);
        Assert.Equal((protocol, endpoint), (Seen($"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL"), Seen($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "grcp", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "http/json", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "http/json", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "grpc", true, false)]
    public void A_protocol_of_metrics_or_logs_that_no_exporter_speaks_is_refused(string name, string value, bool isDotNet, bool isRefused) =>
        Assert.Equal(isRefused, OtlpEnvironment.FaultOf(name, value, isDotNet) is not null);

    // The token joins the headers of the scenario, wherever the exporter reads them, and goes to no other collector.
    [Theory]
    [InlineData("", "x=1", null)]
    [InlineData("HEADERS=", "x=1", null)]
    [InlineData("HEADERS=key=a%2Cb", "key=a%2Cb,x=1", null)]
    [InlineData("HEADERS=key=a, ;TRACES_HEADERS=other=b", "key=a,x=1", "other=b,x=1")]
    [InlineData("PROTOCOL=grpc;TRACES_HEADERS=other=b", "x=1", "other=b,x=1")]
    [InlineData("ENDPOINT=http://elsewhere:1;HEADERS=key=a", "key=a", null)]
    [InlineData("ENDPOINT=http://elsewhere:1", null, null)]
    public void The_collectors_headers_join_those_of_the_scenario(string scenario, string? headers, string? tracesHeaders)
    {
        var environment = Variables(scenario);
        var completed = OtlpEnvironment.Complete(environment, name => new Uri(name == "grpc" ? Grpc : Http), "x=1");

        string? Seen(string name) => completed.TryGetValue(name, out var value) ? value : environment.GetValueOrDefault(name);
        Assert.Equal((headers, tracesHeaders), (Seen("OTEL_EXPORTER_OTLP_HEADERS"), Seen("OTEL_EXPORTER_OTLP_TRACES_HEADERS")));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("EXPORTER=", true)]
    [InlineData("EXPORTER=Otlp", true)]
    [InlineData("EXPORTER=console, otlp", true)]
    [InlineData("EXPORTER=otlp_proto_http", true)]
    [InlineData("ENDPOINT=", true)]
    [InlineData("EXPORTER=none", false)]
    [InlineData("EXPORTER=console", false)]
    [InlineData("ENDPOINT=http://elsewhere:1", false)]
    [InlineData("TRACES_ENDPOINT=http://elsewhere:1/v1/traces", false)]
    public void Spans_reach_the_collector_unless_the_environment_sends_them_elsewhere(string scenario, bool reach) =>
        Assert.Equal(reach, TraceExporters.ReachCollector(Variables(scenario)));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL: http", "node", "not a protocol")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: http/proto", "node", "not a protocol")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: http/json", "dotnet", "no http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL: HTTP/JSON", "dotnet", "no http/json")]
    public void A_protocol_that_the_exporter_would_pass_over_is_refused_with_its_line(string variable, string program, string reason)
    {
        var inVariant = Fault(With(program, target: "", variant: variable));
        var inTarget = Fault(With(program, target: variable, variant: ""));

        Assert.Contains(reason, inVariant.Message, StringComparison.Ordinal);
        Assert.Contains(reason, inTarget.Message, StringComparison.Ordinal);
        Assert.True(inTarget.Line < inVariant.Line);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL: http/json", "node")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL: GRPC", "dotnet")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: ''", "dotnet")]
    public void A_protocol_that_the_exporter_knows_is_taken(string variable, string program) =>
        Assert.NotNull(ScenarioFile.Parse(With(program, target: variable, variant: ""), MinimalScenario.Path));

    private static string With(string program, string target, string variant) => $$"""
        scenario: minimal
        question: Does it agree?
        target:
          command: [{{program}}, app]
          env: { {{target}} }
          ready: { path: /health }
          requests: [ { name: get, path: / } ]
        load: { rate: 10/s }
        variants:
          - { name: off, meaning: Without, env: { OTEL_SDK_DISABLED: "true" } }
          - { name: on, meaning: With, env: { {{variant}} } }
        baseline: off

        """;

    private static ScenarioFault Fault(string yaml) =>
        Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(yaml, MinimalScenario.Path)).Faults);

    private static Dictionary<string, string> Variables(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0] == "EXPORTER" ? "OTEL_TRACES_EXPORTER" : $"OTEL_EXPORTER_OTLP_{pair[0]}", pair => pair[1], StringComparer.Ordinal);
}
