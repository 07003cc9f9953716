using System.Text.RegularExpressions;

namespace PerfLab.Architecture.Tests;

/// <summary><c>run.sh</c> and <c>run.ps1</c> do the same, although only one of them runs on any machine.</summary>
public sealed class StartScriptTests
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline;

    /// <summary>A branch that depends on the verb: <c>test) project=PerfLab.sln part=tests analysis=() ;;</c> and its twin.</summary>
    private static readonly Regex UnixBranch = new("^ +(?<verb>[\\w*]+)\\) project=(?<project>\\S+) part=(?<part>\\w+) analysis=[(](?<analysis>[^)]*)[)]", Options);

    private static readonly Regex WindowsBranch = new("^ +'?(?<verb>\\w+)'? [{] [$]project = '(?<project>[^']+)'; [$]part = '(?<part>\\w+)'; [$]analysis = @[(]'?(?<analysis>[^')]*)'?[)] [}]", Options);

    private static readonly Regex StateFile = new("['\"/](?<name>[.](built-|building|lock)|perflab/perflab[.]dll|build[.]log)", Options);

    private static readonly Regex BuildOption = new("(?<name>--tl:off|-nodeReuse:false|-p:\\w+=\\w+|-clp:\\w+|--no-incremental|--nologo|quiet)", Options);

    private static readonly Regex BuildVariable = new("(?<name>DOTNET_\\w+|MSBUILD\\w+)\\W+(1|0|true)", Options);

    private static readonly Regex TestOption = new("(?<name>--(test-modules|root-directory|max-parallel-test-modules|results-directory|report-\\w+|filter(-\\w+)?|limit-seconds|help)\\b)", Options);

    private readonly string _unix = Checkout.Read("run.sh");
    private readonly string _windows = Checkout.Read("run.ps1");

    [Fact]
    public void Both_scripts_treat_the_same_verbs_the_same_way()
    {
        var unix = Branches(UnixBranch, _unix).Select(branch => branch.Replace("*", "default", StringComparison.Ordinal)).ToList();

        Assert.Equal(["default: src/PerfLab.Cli/PerfLab.Cli.csproj, cli, -p:RunAnalyzers=false", "test: PerfLab.sln, tests, "], unix.Order(StringComparer.Ordinal));
        Assert.Equal(unix, Branches(WindowsBranch, _windows));
    }

    [Fact]
    public void Both_scripts_keep_the_same_files() => AssertSameIn(StateFile);

    [Fact]
    public void Both_scripts_build_with_the_same_options() => AssertSameIn(BuildOption);

    [Fact]
    public void Both_scripts_set_the_same_variables() => AssertSameIn(BuildVariable);

    [Fact]
    public void Both_scripts_that_run_the_tests_take_and_pass_on_the_same_options()
    {
        var unix = NamesIn(TestOption, Checkout.Read("tests/run-tests.sh"));

        Assert.NotEmpty(unix);
        Assert.Equal(unix, NamesIn(TestOption, Checkout.Read("tests/run-tests.ps1")));
    }

    [Fact]
    public void The_start_script_and_the_script_of_CI_may_be_executed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permission");
        foreach (var path in new[] { "run.sh", ".ci/run", "tests/run-tests.sh" })
        {
            Assert.True(
                OperatingSystem.IsWindows() || File.GetUnixFileMode(Checkout.FullPath(path)).HasFlag(UnixFileMode.UserExecute),
                $"{path} cannot be executed. Run: git update-index --chmod=+x {path}");
        }
    }

    private static List<string> Branches(Regex branch, string script) =>
        [.. branch.Matches(script).Select(match => $"{match.Groups["verb"].Value}: {match.Groups["project"].Value}, {match.Groups["part"].Value}, {match.Groups["analysis"].Value}")];

    private void AssertSameIn(Regex pattern)
    {
        var unix = NamesIn(pattern, _unix);

        Assert.NotEmpty(unix);
        Assert.Equal(unix, NamesIn(pattern, _windows));
    }

    private static List<string> NamesIn(Regex pattern, string script) =>
        [.. pattern.Matches(script).Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)];
}
