using PerfLab.Experiments.Gates;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.Gates;

/// <summary>Policy files, read beside a real scenario file.</summary>
public sealed class GatePolicyFileTests : IDisposable
{
    private const string Minimal = """
        gate: orders
        scenario: orders.yaml
        build: [make, "OUT={build}"]
        command: [dotnet, "{build}/Orders.dll", --urls, "{url}"]
        arms: [off, on]
        metrics: { cpu: { threshold: 3% }, p50: {} }

        """;

    private readonly TemporaryFolder _folder = new();

    public GatePolicyFileTests() => _folder.Write("orders.yaml", """
        scenario: orders
        question: What does tracing cost?
        target:
          command: [dotnet, app.dll]
          ready: { path: /health }
          requests:
            - { name: home, path: / }
        baseline: off
        variants:
          - { name: off, meaning: No tracing }
          - { name: on, meaning: Every trace }
        """);

    private string FilePath => Path.Combine(_folder.Path, "perflab.gate.yaml");

    [Fact]
    public void What_is_not_stated_has_a_default()
    {
        var policy = GatePolicyFile.Parse(Minimal, FilePath);

        Assert.Equal(("orders", "orders", _folder.Path), (policy.Name, policy.Scenario.Name, policy.Repository));
        Assert.Equal(["make", "OUT={build}"], policy.Build.Command);
        Assert.Equal(["dotnet", "{build}/Orders.dll", "--urls", "{url}"], policy.Build.Program.Command!);
        Assert.Null(policy.Build.Program.Directory);
        Assert.Equal(TimeSpan.FromMinutes(15), policy.Build.Limit);
        Assert.Equal(["off", "on"], policy.Arms);
        Assert.Equal(
            [(MetricId.Cpu, 0.03, GateAction.Block, GateAction.Warn, GateAction.Block), (MetricId.P50, 0.10, GateAction.Block, GateAction.Warn, GateAction.Block)],
            policy.Metrics.Select(metric => (metric.Metric, metric.Threshold, metric.WhenRegressed, metric.WhenUndecided, metric.WhenMissing)));
    }

    [Fact]
    public void A_metric_may_say_otherwise_than_the_policy()
    {
        var policy = GatePolicyFile.Parse(
            Minimal.Replace("p50: {}", "p50: { undecided: warn, missing: block, regressed: warn }", StringComparison.Ordinal) + "undecided: block\nmissing: warn\ndirectory: \"{checkout}\"\nbuild_limit: 2m\n",
            FilePath);

        Assert.Equal(
            [(GateAction.Block, GateAction.Block, GateAction.Warn), (GateAction.Warn, GateAction.Warn, GateAction.Block)],
            policy.Metrics.Select(metric => (metric.WhenRegressed, metric.WhenUndecided, metric.WhenMissing)));
        Assert.Equal("{checkout}", policy.Build.Program.Directory);
        Assert.Equal(TimeSpan.FromMinutes(2), policy.Build.Limit);
    }

    [Fact]
    public void All_faults_come_at_once_each_with_its_place()
    {
        var error = Assert.Throws<ScenarioException>(() => GatePolicyFile.Parse(
            """
            gate: Orders
            scenario: orders.yaml
            repository: nowhere
            build: [make, "PORT={port}"]
            command: [dotnet, "{out}/Orders.dll"]
            arms: [of, on, on]
            metrics: { cpu: { treshold: 3% }, errors: {}, p50: { threshold: 0% } }
            undecided: ignore
            """,
            FilePath));

        Assert.Equal(
            [
                (1, "gate"), (3, "repository"), (4, "build[1]"), (5, "command[1]"), (6, "arms[0]"), (6, "arms[2]"),
                (7, "metrics.cpu.treshold"), (7, "metrics.errors"), (7, "metrics.p50.threshold"), (8, "undecided"),
            ],
            error.Faults.Select(fault => (fault.Line, fault.Subject)));
        Assert.Contains("Did you mean off?", error.Message, StringComparison.Ordinal);
        Assert.Contains("{build}", error.Faults[3].Advice, StringComparison.Ordinal);
        Assert.All(error.Faults, fault => Assert.Equal(FilePath, fault.File));
    }

    [Theory]
    [InlineData("gate: orders\n", "scenario")]
    [InlineData("scenario: none.yaml\n", "scenario")]
    [InlineData("metrics: {}\n", "metrics")]
    [InlineData("build: make\n", "build")]
    [InlineData("arms: []\n", "arms")]
    public void What_is_missing_or_of_another_kind_is_named(string line, string subject)
    {
        var key = line.Split(':')[0];
        var yaml = key == "gate"
            ? "gate: orders\n"
            : string.Join('\n', Minimal.Split('\n').Where(other => !other.StartsWith(key + ":", StringComparison.Ordinal))) + line;

        var error = Assert.Throws<ScenarioException>(() => GatePolicyFile.Parse(yaml, FilePath));

        Assert.Contains(error.Faults, fault => fault.Subject == subject);
    }

    [Fact]
    public void The_policy_of_this_repository_is_read()
    {
        var policy = GatePolicyFile.Load(Path.Combine(Repository.Root, GatePolicyFile.StandardName));

        Assert.Equal(("shop", "nightly"), (policy.Name, policy.Scenario.Name));
        Assert.Equal(Repository.Root, policy.Repository.TrimEnd(Path.DirectorySeparatorChar));
    }

    [Fact]
    public void A_file_that_does_not_exist_is_told()
    {
        var error = Assert.Throws<ScenarioException>(() => GatePolicyFile.Load(FilePath));

        Assert.Contains("it does not exist. Name a file such as perflab.gate.yaml.", error.Message, StringComparison.Ordinal);
    }

    // Braces of a folder must not become placeholders, and those that the author escaped stay.
    [Theory]
    [InlineData("{build}/a.dll", "/tmp/o{{1}}/a.dll", "/tmp/o{1}/a.dll")]
    [InlineData("{checkout}|{url}", "/tmp/c|{url}", "/tmp/c|{url}")]
    [InlineData("{{build}}", "{{build}}", "{build}")]
    [InlineData("plain", "plain", "plain")]
    public void Folders_of_a_build_are_filled_in(string text, string inScenario, string inBuild)
    {
        var folders = new BuildFolders("/tmp/c", "/tmp/o{1}");

        Assert.Equal(inScenario, BuildPlaceholders.ExpandForScenario(text, folders));
        Assert.Equal(inBuild, BuildPlaceholders.Expand(text, folders));
    }

    public void Dispose() => _folder.Dispose();
}
