using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>The scenario files of the repository, as <c>validate</c> and <c>list</c> see them.</summary>
public sealed class ScenarioFileTests
{
    public static TheoryData<string> Names { get; } =
        new(Directory.EnumerateFiles(Path.Combine(Checkout.Root, "scenarios"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_scenario_passes_validate(string name)
    {
        var result = await Cli.RunAsync("validate", name);

        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Fact]
    public async Task The_list_shows_every_scenario()
    {
        var result = await Cli.RunAsync("list");

        Assert.Equal(0, result.ExitCode);
        Assert.All(Names, row => Assert.Contains(row.Data, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_refused_by_validate_and_by_scenario()
    {
        using var folder = new TemporaryFolder();
        var file = ScriptedTarget.Write(folder, "[pyhton3, server.py, \"{port}\"]");

        foreach (var verb in new[] { "validate", "scenario" })
        {
            var result = await Cli.RunAsync(verb, file);

            Assert.True(result.ExitCode == 104, result.ToString());
            Assert.Contains("scripted.yaml(4,13): target.command[0]: pyhton3 is on no folder of the PATH. Did you mean python3?", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Variants_that_run_alike_are_noted_by_validate()
    {
        using var folder = new TemporaryFolder();

        var result = await Cli.RunAsync("validate", ScriptedTarget.Write(folder, ScriptedTarget.Shop));

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("Note: b sets nothing that a does not", result.Output, StringComparison.Ordinal);
    }
}
