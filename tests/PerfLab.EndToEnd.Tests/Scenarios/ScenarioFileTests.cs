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
}
