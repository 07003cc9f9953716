using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Start;

/// <summary>What <c>run.sh</c> passes on, and from where it can be started.</summary>
public sealed class StartTests : IDisposable
{
    private readonly ScriptedCheckout _checkout;

    public StartTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "run.sh is for Linux and macOS; Windows has run.ps1");
        _checkout = new ScriptedCheckout();
    }

    [Fact]
    public async Task Arguments_folder_and_exit_code_pass_through_unchanged()
    {
        _checkout.Variables["SCRIPTED_EXIT_CODE"] = "99";

        var result = await _checkout.StartAsync("scenario", "a b", "", "--x=*", "it's \"quoted\"");

        Assert.Equal(99, result.ExitCode);
        Assert.Equal(
            $"built from: 42\nfolder: {_checkout.Root}\nargument: scenario\nargument: a b\nargument: \nargument: --x=*\nargument: it's \"quoted\"\n",
            result.Output);
    }

    [Fact]
    public async Task It_starts_from_any_folder_and_leaves_it_current()
    {
        using var elsewhere = new TemporaryFolder();
        await _checkout.StartAsync();

        var result = await RunningProgram.RunAsync(elsewhere.FullPath, _checkout.Script, ["list"], TimeSpan.FromMinutes(1), _checkout.Variables);

        Assert.Contains($"folder: {elsewhere.FullPath}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_through_links_to_links()
    {
        using var elsewhere = new TemporaryFolder();
        var absolute = Path.Combine(elsewhere.FullPath, "absolute");
        var relative = Path.Combine(elsewhere.FullPath, "relative");
        File.CreateSymbolicLink(absolute, _checkout.Script);
        File.CreateSymbolicLink(relative, "absolute");
        await _checkout.StartAsync();

        var result = await RunningProgram.RunAsync("/", relative, ["list"], TimeSpan.FromMinutes(1), _checkout.Variables);

        Assert.True(result.Output.StartsWith("built from: 42\n", StringComparison.Ordinal), result.ToString());
    }

    [Fact]
    public async Task A_start_with_nothing_to_build_prints_nothing_of_its_own_and_writes_nothing()
    {
        await _checkout.StartAsync();
        var before = Times();

        var result = await _checkout.StartAsync();

        Assert.Equal("", result.Error);
        Assert.Equal(before, Times());
    }

    [Fact]
    public async Task Every_verb_but_test_builds_only_the_command_line_program()
    {
        await _checkout.StartAsync("scenario", "test");
        await _checkout.StartAsync("test");

        Assert.Collection(
            _checkout.Builds,
            build =>
            {
                Assert.StartsWith("build src/PerfLab.Cli/PerfLab.Cli.csproj -c Release ", build, StringComparison.Ordinal);
                Assert.EndsWith(" -p:RunAnalyzers=false", build, StringComparison.Ordinal);
            },
            build =>
            {
                Assert.StartsWith("build PerfLab.sln -c Release ", build, StringComparison.Ordinal);
                Assert.Contains(" --no-incremental", build, StringComparison.Ordinal);
                Assert.DoesNotContain("RunAnalyzers", build, StringComparison.Ordinal);
            });
    }

    [Fact]
    public async Task The_verb_test_starts_the_test_programs_in_place_of_the_command_line_program()
    {
        var result = await _checkout.StartAsync("test", "--filter", "nobody here");

        Assert.Equal(104, result.ExitCode);
        Assert.Contains("--filter nobody here matches no test project", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("built from", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_build_server_is_left_behind()
    {
        await _checkout.StartAsync();

        var build = Assert.Single(_checkout.Builds);
        Assert.Contains(" -nodeReuse:false", build, StringComparison.Ordinal);
        Assert.Contains(" -p:UseSharedCompilation=false", build, StringComparison.Ordinal);
    }

    public void Dispose() => _checkout?.Dispose();

    private Dictionary<string, DateTime> Times() =>
        Directory.EnumerateFileSystemEntries(_checkout.Root, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
}
