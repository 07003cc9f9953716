using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Builds;

namespace PerfLab.Runner.Tests.Builds;

/// <summary>The npm packages of targets that PerfLab brings along, installed by the real npm into folders that name no package.</summary>
public sealed class NodePackagesTests : IDisposable
{
    private readonly string _targets = Directory.CreateTempSubdirectory("pl-targets-").FullName;
    private readonly List<string> _announced = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string LockFile => Path.Combine(_targets, "api", "package-lock.json");

    [Fact]
    public async Task Packages_are_installed_once_and_again_when_the_lock_file_has_changed()
    {
        NodeService.SkipUnlessThere("npm");
        WriteTarget("1.0.0");

        await InstallAsync("npm");
        await InstallAsync("npm");
        Assert.Equal(["api"], _announced);

        WriteTarget("1.0.1");
        await InstallAsync("npm");
        Assert.Equal(["api", "api"], _announced);
    }

    [Fact]
    public async Task Without_npm_the_message_says_what_to_install()
    {
        WriteTarget("1.0.0");

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => InstallAsync("no-such-npm"));

        Assert.Contains("api needs npm", error.Message, StringComparison.Ordinal);
        Assert.Contains("Install Node.js 20 or later with npm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_installation_that_fails_is_told_and_tried_again_by_the_next_start()
    {
        NodeService.SkipUnlessThere("npm");
        WriteTarget("1.0.0");
        await File.WriteAllTextAsync(LockFile, "no JSON", Cancellation);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => InstallAsync("npm"));
        Assert.Contains("The npm packages of api were not installed", error.Message, StringComparison.Ordinal);

        WriteTarget("1.0.0");
        await InstallAsync("npm");
        Assert.Equal(2, _announced.Count);
    }

    [Fact]
    public async Task A_target_without_a_lock_file_needs_no_npm()
    {
        Directory.CreateDirectory(Path.Combine(_targets, "api"));

        await InstallAsync("no-such-npm");

        Assert.Empty(_announced);
    }

    public void Dispose() => Directory.Delete(_targets, recursive: true);

    private Task InstallAsync(string npm) => NodePackages.InstallAsync(Scenario(), _targets, npm, _announced.Add, Cancellation);

    private void WriteTarget(string version)
    {
        Directory.CreateDirectory(Path.Combine(_targets, "api"));
        File.WriteAllText(Path.Combine(_targets, "api", "package.json"), $$"""{ "name": "api", "version": "{{version}}" }""");
        File.WriteAllText(LockFile, $$"""{ "name": "api", "version": "{{version}}", "lockfileVersion": 3, "requires": true, "packages": { "": { "name": "api", "version": "{{version}}" } } }""");
    }

    private static Scenario Scenario() => ScenarioFile.Parse(
        """
        scenario: api
        question: What does it cost?
        target:
          command: [node, "{targets}/api/main.js", --port, "{port}"]
          ready: { path: /health }
          requests: [{ name: home, path: / }]
        load: { rate: 100/s }
        baseline: off
        variants:
          - { name: off, meaning: No tracing, env: { OTEL_SDK_DISABLED: "true" } }
        """,
        "api.yaml");
}
