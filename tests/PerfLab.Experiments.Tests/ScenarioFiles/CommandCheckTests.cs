using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>A command whose program or file does not exist is a fault where programs are looked for, with what may be meant.</summary>
public sealed class CommandCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-test-").FullName;

    public CommandCheckTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Permissions to execute are those of Unix.");
        Write("server.js");
        Write("bin/my-service", mayExecute: true);
        Write("bin/notes");
        Write("targets/Shop/Shop.dll");
    }

    [Theory]
    [InlineData("[dotnett, x]", "dotnett is on no folder of the PATH.", "Did you mean dotnet?")]
    [InlineData("[surely-no-such-program-here]", "is on no folder of the PATH.", "Install it")]
    [InlineData("[server.js]", "is on no folder of the PATH.", "Write ./server.js")]
    [InlineData("[./bin/my-servce]", "/bin/my-servce does not exist.", "/bin/my-service?")]
    [InlineData("[./bni/my-service]", "/bni/my-service does not exist.", "/bin/my-service?")]
    [InlineData("[./nothing/of/this]", "does not exist.", "a relative one belongs to")]
    [InlineData("[./bin/notes]", "may not be executed.", "chmod +x")]
    [InlineData("[./bin]", "is a folder", "Name the program in it")]
    [InlineData("[sh, serverr.sh]", "/serverr.sh does not exist.", "/server.js?")]
    [InlineData("[sh, --no-profile, serverr.sh]", "/serverr.sh does not exist.", "/server.js?")]
    [InlineData("[dotnet, '{targets}/Shop/Shp.dll']", "/targets/Shop/Shp.dll does not exist.", "/targets/Shop/Shop.dll?")]
    [InlineData("[dotnet, '{root}/targets/Shop/Shopp.dll']", "Shopp.dll does not exist.", "/targets/Shop/Shop.dll?")]
    public void What_does_not_exist_is_named_with_its_nearest_neighbor(string command, string problem, string advice)
    {
        var fault = Assert.Single(Assert.Throws<ScenarioException>(() => Load(command)).Faults);

        Assert.StartsWith("target.command[", fault.Subject, StringComparison.Ordinal);
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[sh, -c, 'surely-no-such-program-here']")]
    [InlineData("[./bin/my-service, missing.js]")]
    [InlineData("[dotnet, '{targets}/Shop/Shop.dll']")]
    [InlineData("[dotnet, '{scratch}/built.dll']")]
    [InlineData("[sh, --init-file, missing.sh]")]
    [InlineData("[dotnet, run, --project, missing.csproj]")]
    public void What_exists_or_cannot_be_judged_is_taken(string command) => Assert.NotNull(Load(command));

    [Fact]
    public void Where_there_are_no_example_services_their_placeholder_is_told_with_the_way_out()
    {
        var fault = Assert.Single(Assert.Throws<ScenarioException>(() => Load("[dotnet, '{targets}/Shop/Shop.dll']", targets: null)).Faults);

        Assert.Equal("target.command[1]", fault.Subject);
        Assert.Contains("an installed tool does not have", fault.Problem, StringComparison.Ordinal);
        Assert.Contains("clone the repository", fault.Advice, StringComparison.Ordinal);
        Assert.NotNull(Load("[./bin/my-service]", targets: null));
    }

    [Fact]
    public void A_relative_program_belongs_to_the_directory_of_the_target()
    {
        Assert.NotNull(Load("[./my-service]\n  directory: bin"));
        Assert.Throws<ScenarioException>(() => Load("[./bin/my-service]\n  directory: bin"));
    }

    [Fact]
    public void A_target_that_sets_its_own_PATH_is_looked_for_there()
    {
        Assert.NotNull(Load($"[my-service]\n  env: {{ PATH: '{Path.Combine(_folder, "bin")}' }}"));
        Assert.Throws<ScenarioException>(() => Load("[my-service]"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Scenario Load(string command) => Load(command, Path.Combine(_folder, "targets"));

    private Scenario Load(string command, string? targets)
    {
        var path = Path.Combine(_folder, Path.GetFileName(MinimalScenario.Path));
        File.WriteAllText(path, MinimalScenario.WithCommand(command));
        return ScenarioFile.Load(path, new CommandFolders(_folder, targets, Path.Combine(_folder, "scenarios")));
    }

    private void Write(string name, bool mayExecute = false)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "#!/bin/sh\n");
        if (mayExecute && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
