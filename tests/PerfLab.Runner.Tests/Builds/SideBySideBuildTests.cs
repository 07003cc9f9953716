using System.Diagnostics;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Builds;

namespace PerfLab.Runner.Tests.Builds;

/// <summary>Two commits of a real repository, built by a shell; whatever happens, neither checkout nor process is left.</summary>
public sealed class SideBySideBuildTests : IDisposable
{
    private static readonly string[] s_copy = ["sh", "-c", "cp app.txt \"$1\"", "build", "{build}"];

    private readonly string _folder = Directory.CreateTempSubdirectory("pl-{build}-").FullName;
    private readonly string _repository;
    private readonly string _first;
    private readonly string _second;

    public SideBySideBuildTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Builds are shell commands.");
        _repository = Directory.CreateDirectory(Path.Combine(_folder, "repository")).FullName;
        Git("init", "--quiet", "--initial-branch=main");
        _first = Commit("first");
        _second = Commit("second");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_side_holds_what_its_commit_builds_and_both_are_gone_afterwards()
    {
        string baseline;
        string head;
        await using (var build = await SideBySideBuild.MakeAsync(Policy(s_copy), _first, _second, _folder, Cancellation))
        {
            Assert.Equal((_first, _second), (build.Baseline.Commit.Commit, build.Head.Commit.Commit));
            (baseline, head) = (Program(build.Baseline), Program(build.Head));
            Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine(baseline, "app.txt"), Cancellation));
            Assert.Equal("second", await File.ReadAllTextAsync(Path.Combine(head, "app.txt"), Cancellation));
            Assert.Equal(baseline.Length, head.Length);
            Assert.Equal("second", await File.ReadAllTextAsync(Path.Combine(_repository, "app.txt"), Cancellation));
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.GetDirectoryName(baseline)!) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(baseline)));
        Assert.Single(Git("worktree", "list").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(Git("status", "--porcelain"));
    }

    [Fact]
    public async Task Other_checkouts_of_the_repository_are_left_alone()
    {
        var other = Path.Combine(_folder, "other");
        Git("worktree", "add", "--quiet", "--detach", other, _first);
        Directory.Move(other, other + "-moved");

        await (await SideBySideBuild.MakeAsync(Policy(s_copy), _first, _second, _folder, Cancellation)).DisposeAsync();

        // Its folder is away, as that of a disk which is not mounted, and git must still know it.
        Assert.Contains(other, Git("worktree", "list"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first", true)]
    [InlineData("second", false)]
    public async Task A_side_that_does_not_build_is_told_with_the_last_that_it_printed(string failing, bool isBaseline)
    {
        var build = Policy(["sh", "-c", $"test $(cat app.txt) != {failing} || {{{{ echo no such header; exit 3; }}}}"]);

        var error = await Assert.ThrowsAsync<BuildFailedException>(() => SideBySideBuild.MakeAsync(build, _first, _second, _folder, Cancellation));

        Assert.Equal(isBaseline, error.IsBaseline);
        Assert.Contains("ended with 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("no such header", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, isBaseline ? "base.build.log" : "head.build.log")));
        Assert.Single(Git("worktree", "list").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_build_that_does_not_end_is_ended()
    {
        var policy = Policy(["sh", "-c", "echo begun; sleep 600"]);
        policy = policy with { Build = policy.Build with { Limit = TimeSpan.FromSeconds(1) } };

        var error = await Assert.ThrowsAsync<BuildFailedException>(() => SideBySideBuild.MakeAsync(policy, _first, _second, _folder, Cancellation));

        Assert.Contains("build_limit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_build_leaves_neither_process_nor_checkout()
    {
        var mark = Path.Combine(_folder, "pid");
        using var interruption = new CancellationTokenSource();
        var building = SideBySideBuild.MakeAsync(Policy(["sh", "-c", $"sleep 600 & echo $! > '{mark.Replace("{build}", "{{build}}", StringComparison.Ordinal)}'; wait"]), _first, _second, _folder, interruption.Token);
        var clock = Stopwatch.StartNew();
        while (!File.Exists(mark) || new FileInfo(mark).Length == 0)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "The build did not begin.");
            await Task.Delay(20, Cancellation);
        }

        await interruption.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
        await BuildsEnd.UntilEndedAsync(mark, Cancellation);
        Assert.Single(Git("worktree", "list").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_told()
    {
        var error = await Assert.ThrowsAsync<BuildFailedException>(() => SideBySideBuild.MakeAsync(Policy(["no-such-compiler"]), _first, _second, _folder, Cancellation));

        Assert.Contains("'no-such-compiler' could not be started", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_is_found_by_what_people_write_and_an_unknown_one_is_refused()
    {
        var repository = new GitRepository(_repository);

        Assert.Equal(_second, await repository.ResolveAsync("main", Cancellation));
        Assert.Equal(_first, await repository.ResolveAsync("HEAD~1", Cancellation));
        Assert.Equal(_first, await repository.ResolveAsync(_first[..10], Cancellation));
        Assert.Null(await repository.FindAsync("0123456789abcdef0123456789abcdef01234567", Cancellation));
        var unknown = await Assert.ThrowsAsync<InvalidDataException>(() => repository.ResolveAsync("--help", Cancellation));
        Assert.Contains("git finds no commit '--help'", unknown.Message, StringComparison.Ordinal);
        var nowhere = await Assert.ThrowsAsync<InvalidDataException>(() => new GitRepository(Path.GetTempPath()).ResolveAsync("HEAD", Cancellation));
        Assert.Contains("git sees no repository there", nowhere.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Program(BuiltSide side) => Placeholders.Expand(side.Program.Command![1], new PlaceholderValues
    {
        Process = "target",
        Ports = new Dictionary<string, int> { ["target"] = 1 },
        Root = "/",
        Targets = "/",
        Scratch = "/",
    });

    private GatePolicy Policy(string[] build) => new()
    {
        Name = "orders",
        Scenario = ScenarioFile.Parse(
            """
            scenario: orders
            question: What does tracing cost?
            target:
              command: [sh, app.sh]
              ready: { path: /health }
              requests:
                - { name: home, path: / }
            baseline: off
            variants:
              - { name: off, meaning: No tracing }
            """,
            "orders.yaml"),
        Repository = _repository,
        Build = new BuildRecipe(build, new ArmProgram(["sh", "{build}"], Directory: null), TimeSpan.FromSeconds(30)),
        Arms = ["off"],
        Metrics = [new GateMetric { Metric = MetricId.Cpu, Threshold = 0.03, WhenRegressed = GateAction.Block, WhenUndecided = GateAction.Warn, WhenMissing = GateAction.Block }],
    };

    private string Commit(string text)
    {
        File.WriteAllText(Path.Combine(_repository, "app.txt"), text);
        Git("add", "--all");
        Git("-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", text);
        return Git("rev-parse", "HEAD").Trim();
    }

    private string Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", ["-C", _repository, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)) && process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {process.ExitCode}");
        return output;
    }
}
