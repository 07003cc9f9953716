using System.Text.Json.Nodes;
using PerfLab.Experiments.Tests.ScenarioFiles;

namespace PerfLab.Experiments.Tests;

/// <summary>What can be said of the files in deploy/ without Docker: they are read, open nothing to the network, and pin what they start.</summary>
public sealed class ComposeTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "deploy");
    private static readonly JsonObject s_services = Read("compose.yaml")["services"]!.AsObject();

    public static TheoryData<string> Names => [.. s_services.Select(service => service.Key)];

    [Fact]
    public void The_back_ends_that_the_manual_promises_are_there() =>
        Assert.Equal(["collector", "grafana", "jaeger", "kafka", "rabbitmq", "tempo"], s_services.Select(service => service.Key).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Ports_are_open_on_loopback_only_and_versions_are_pinned(string name)
    {
        var service = s_services[name]!.AsObject();

        Assert.Matches(@"^[a-z0-9/.-]+:v?[0-9]+\.[0-9]+\.[0-9]+[a-z0-9.-]*$", service["image"]!.GetValue<string>());
        Assert.All(service["ports"]!.AsArray(), port => Assert.Matches("^127\\.0\\.0\\.1:[0-9]+:[0-9]+$", port!.GetValue<string>()));
        Assert.False(service.ContainsKey("network_mode") || service.ContainsKey("privileged"), name);
    }

    [Fact]
    public void No_port_is_given_twice()
    {
        string[] ports = [.. s_services.SelectMany(service => service.Value!["ports"]!.AsArray()).Select(port => port!.GetValue<string>().Split(':')[1])];

        Assert.Equal(ports.Distinct(), ports);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_service_mounts_and_depends_on_exists(string name)
    {
        var service = s_services[name]!.AsObject();

        Assert.All(service["volumes"]?.AsArray() ?? [], volume =>
        {
            var file = Path.Combine(s_folder, volume!.GetValue<string>().Split(':')[0]);
            Assert.True(File.Exists(file), file);
            Assert.NotNull(Read(Path.GetFileName(file)));
            Assert.EndsWith(":ro", volume.GetValue<string>(), StringComparison.Ordinal);
        });
        Assert.All(service["depends_on"]?.AsArray() ?? [], other => Assert.True(s_services.ContainsKey(other!.GetValue<string>())));
    }

    [Fact]
    public void The_collector_keeps_errors_slow_traces_and_a_tenth_of_the_rest()
    {
        var collector = Read("collector.yaml");
        var policies = collector["processors"]!["tail_sampling"]!["policies"]!.AsArray().ToDictionary(policy => policy!["type"]!.ToString(), policy => policy!);
        var pipeline = collector["service"]!["pipelines"]!["traces"]!;

        Assert.Equal(["latency", "probabilistic", "status_code"], policies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("10", policies["probabilistic"]["probabilistic"]!["sampling_percentage"]!.ToString());
        Assert.Equal("tail_sampling", pipeline["processors"]![0]!.ToString());
        Assert.All(pipeline["exporters"]!.AsArray(), exporter => Assert.NotNull(collector["exporters"]![exporter!.ToString()]));
        Assert.All(collector["exporters"]!.AsObject(), exporter => Assert.True(s_services.ContainsKey(exporter.Value!["endpoint"]!.ToString().Split(':')[0])));
    }

    private static JsonObject Read(string file) => YamlAsJson.Read(File.ReadAllText(Path.Combine(s_folder, file)))!.AsObject();
}
