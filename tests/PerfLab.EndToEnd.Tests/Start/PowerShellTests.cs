using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Start;

/// <summary><c>run.ps1</c>, executed by PowerShell 7, which is a .NET tool and runs on Linux too.</summary>
public sealed class PowerShellTests(PowerShell powerShell) : IClassFixture<PowerShell>, IDisposable
{
    private readonly ScriptedCheckout _checkout = new();

    private string Script => Path.Combine(_checkout.Root, "run.ps1");

    [Fact]
    public async Task Arguments_folder_and_exit_code_pass_through_unchanged()
    {
        _checkout.Variables["SCRIPTED_EXIT_CODE"] = "99";

        var result = await StartAsync("scenario", "a b", "--x=*", "it's", "größer");

        Assert.True(result.ExitCode == 99, result.ToString());
        Assert.Equal($"built from: 42\nfolder: {_checkout.Root}\nargument: scenario\nargument: a b\nargument: --x=*\nargument: it's\nargument: größer\n", result.Output);
    }

    [Fact]
    public async Task Both_scripts_agree_on_what_is_built_and_what_has_changed()
    {
        await _checkout.StartAsync("list");
        await StartAsync("list");
        Assert.Single(_checkout.Builds);

        _checkout.Write("src/Answer.cs", "43\n");
        var changed = await StartAsync("list");
        await _checkout.StartAsync("list");

        Assert.Equal(2, _checkout.Builds.Count);
        Assert.Equal(_checkout.Builds[0], _checkout.Builds[1]);
        Assert.Contains("built from: 43", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_build_for_the_tests_has_the_analyzers_and_compiles_anew_what_was_built_without()
    {
        await StartAsync("list");

        var result = await StartAsync("test", "--filter", "nobody here");

        Assert.True(result.ExitCode == 104, result.ToString());
        Assert.Contains("--filter nobody here matches no test project", result.Error, StringComparison.Ordinal);
        Assert.Contains("-p:RunAnalyzers=false", _checkout.Builds[0], StringComparison.Ordinal);
        Assert.DoesNotContain("RunAnalyzers", _checkout.Builds[1], StringComparison.Ordinal);
        Assert.Contains("--no-incremental", _checkout.Builds[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_build_shows_its_output_and_is_tried_again()
    {
        _checkout.TurnOn("fail");
        var failed = await StartAsync("list");
        _checkout.TurnOff("fail");

        Assert.True(failed.ExitCode == 1, failed.ToString());
        Assert.Contains("error CS1002", failed.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await StartAsync("list")).ExitCode);
    }

    [Fact]
    public async Task Every_verb_answers_as_under_the_other_script()
    {
        var verbs = await Cli.VerbsAsync();
        var expected = new System.Text.StringBuilder();
        foreach (var verb in verbs)
        {
            expected.Append((await Cli.RunAsync(verb, "--help")).Output);
        }

        var all = await powerShell.RunAsync(
            Checkout.Root, environment: null, "-Command", $"foreach ($verb in '{string.Join("', '", verbs)}') {{ & '{Path.Combine(Checkout.Root, "run.ps1")}' $verb --help; if ($LASTEXITCODE) {{ exit $LASTEXITCODE }} }}");

        Assert.True(all.ExitCode == 0, all.ToString());
        Assert.Equal(expected.ToString(), all.Output);
    }

    [Fact]
    public async Task PowerShell_can_parse_every_script()
    {
        foreach (var script in new[] { "run.ps1", "tests/run-tests.ps1" })
        {
            var parsed = await powerShell.RunAsync(
                Checkout.Root, environment: null, "-Command",
                $"$errors = $null; [void] [System.Management.Automation.Language.Parser]::ParseFile('{Path.Combine(Checkout.Root, script)}', [ref] $null, [ref] $errors); $errors; exit $errors.Count");

            Assert.True(parsed.ExitCode == 0, parsed.ToString());
        }
    }

    public void Dispose() => _checkout.Dispose();

    private Task<ProgramResult> StartAsync(params string[] arguments)
    {
        File.Copy(Path.Combine(Checkout.Root, "run.ps1"), Script, overwrite: true);
        File.Copy(Path.Combine(Checkout.Root, "tests", "run-tests.ps1"), Path.Combine(_checkout.Root, "tests", "run-tests.ps1"), overwrite: true);
        _checkout.Variables["PATH"] = $"{Path.GetDirectoryName(_checkout.Switch("x"))}:{_checkout.SearchPath}";
        return RunAsync(Script, _checkout.Root, _checkout.Variables, arguments);
    }

    private Task<ProgramResult> RunAsync(string script, string folder, IReadOnlyDictionary<string, string?>? environment, params string[] arguments) =>
        powerShell.RunAsync(folder, environment, ["-File", script, .. arguments]);
}

/// <summary>PowerShell 7, installed for the tests of a class and removed after them.</summary>
public sealed class PowerShell : IAsyncLifetime
{
    private const string Version = "7.6.9";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder = new();
    private string? _missing;
    private string _program = string.Empty;

    public async ValueTask InitializeAsync()
    {
        var install = await RunningProgram.RunAsync(_folder.FullPath, "dotnet", ["tool", "install", "PowerShell", "--version", Version, "--tool-path", _folder.FullPath], s_limit);
        _missing = install.ExitCode == 0 ? null : "PowerShell could not be installed as a .NET tool (dotnet tool install PowerShell).";

        // The tool's own start script takes the dotnet of the PATH, where tests put one of their own.
        _program = _missing is null ? Directory.GetFiles(_folder.FullPath, "pwsh.dll", SearchOption.AllDirectories)
            .Single(file => Path.GetFileName(Path.GetDirectoryName(file)) == (OperatingSystem.IsWindows() ? "win" : "unix")) : string.Empty;
    }

    /// <summary>Runs PowerShell without anybody's profile.</summary>
    public Task<ProgramResult> RunAsync(string folder, IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        Assert.SkipUnless(_missing is null, _missing ?? string.Empty);
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>(), StringComparer.Ordinal)
        {
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            ["HOME"] = _folder.FullPath,
        };
        return RunningProgram.RunAsync(folder, Environment.ProcessPath!, [_program, "-NoProfile", "-NonInteractive", .. arguments], s_limit, variables);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
