using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.EndToEnd.Tests.Scenarios;

namespace PerfLab.EndToEnd.Tests.Nights;

/// <summary>Nights of a real repository with real processes: what the gate says, its exit code, what it keeps, and that nothing else is left.</summary>
public sealed class NightlyTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    [Fact(DisableParallelization = true)]
    public async Task A_slower_head_is_measured_again_and_blocked()
    {
        SkipUnlessLinux();
        using var repository = await GatedRepository.CreateAsync(milliseconds: 1);
        await repository.CommitAsync(milliseconds: 2);
        var (junit, summary) = (Path.Combine(repository.Path, "junit.xml"), Path.Combine(repository.Path, "summary.md"));

        using var program = repository.Start(repository.WritePolicy(), "--junit", junit, "--summary", summary);
        var night = await program.EndAsync(s_limit);

        Assert.SkipWhen(BusyMachine.Stopped(night, repository.Results), "The machine was too busy to measure anything. Run the tests alone.");
        using var entry = JsonDocument.Parse(Assert.Single(repository.History()));
        var outcome = entry.RootElement.GetProperty("outcome").GetString();
        Assert.SkipWhen(outcome == "not_judged" && night.Output.Contains("UNTRUSTED", StringComparison.Ordinal), "On this busy machine the baseline measured twice differs from itself.");
        Assert.SkipWhen(outcome == "not_judged" && BusyMachine.Voided(repository.Results), "The machine was too busy for as many launch sets as a verdict takes. Run the tests alone.");
        Assert.True(night.ExitCode == 99, night.ToString());
        Assert.True(outcome == "regressed", night.ToString());
        Assert.Equal(2, entry.RootElement.GetProperty("runs").GetArrayLength());
        Assert.Contains("<failure", await File.ReadAllTextAsync(junit, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("Regressed", await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(await repository.WorktreesAsync());
        using var program2 = repository.Start(repository.WritePolicy(), "--history");
        var nights = await program2.EndAsync(s_limit);
        Assert.True(nights.ExitCode == 0, nights.ToString());
        Assert.Contains("No level shifted", nights.Output, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(repository.Results, "history"), "*.html"));
    }

    [Fact]
    public async Task A_baseline_that_does_not_build_is_kept_as_a_night_that_judged_nothing()
    {
        SkipUnlessLinux();
        using var repository = await GatedRepository.CreateAsync(milliseconds: 1);
        await repository.CommitAsync(milliseconds: 2);

        using var program = repository.Start(repository.WritePolicy("echo the compiler is gone; exit 7"));
        var night = await program.EndAsync(s_limit);

        Assert.True(night.ExitCode == 1, night.ToString());
        Assert.Contains("the compiler is gone", night.Output, StringComparison.Ordinal);
        Expect(repository, "baseline_not_built");
        Assert.Single(await repository.WorktreesAsync());
    }

    [Fact]
    public async Task A_head_that_crashes_ends_with_107_and_its_last_words()
    {
        SkipUnlessLinux();
        using var repository = await GatedRepository.CreateAsync(milliseconds: 1);
        await repository.CommitAsync(milliseconds: 1, faulty: "sys.exit('no database today')");

        using var program = repository.Start(repository.WritePolicy());
        var night = await program.EndAsync(s_limit);

        Assert.True(night.ExitCode == 107, night.ToString());
        Assert.Contains("no database today", night.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Expect(repository, "target_failed");
        Assert.Single(await repository.WorktreesAsync());
    }

    [Fact]
    public async Task An_interrupted_night_leaves_nothing_but_its_line_in_the_history()
    {
        SkipUnlessLinux();
        using var repository = await GatedRepository.CreateAsync(milliseconds: 1);
        await repository.CommitAsync(milliseconds: 2);

        using var program = repository.Start(repository.WritePolicy("echo begun; sleep 600"));
        await Await.UntilAsync(() => HasBegun(repository), "the build to begin");
        program.Signal("INT");
        var night = await program.EndAsync(s_limit);

        Assert.True(night.ExitCode == 105, night.ToString());
        Expect(repository, "interrupted");
        Assert.Single(await repository.WorktreesAsync());
    }

    [Fact]
    public async Task An_interrupted_search_prints_and_keeps_the_commits_that_stay_possible()
    {
        SkipUnlessLinux();
        using var repository = await GatedRepository.CreateAsync(milliseconds: 1);
        await repository.CommitAsync(milliseconds: 2);
        await repository.CommitAsync(milliseconds: 3);

        using var program = RunningProgram.Start(
            repository.Path, Checkout.Script, ["nightly", "--policy", repository.WritePolicy("echo begun; sleep 600"), "--bisect", "HEAD~2", "HEAD", "--results", repository.Results]);
        await Await.UntilAsync(() => HasBegun(repository), "the build to begin");
        program.Signal("INT");
        var search = await program.EndAsync(s_limit);

        Assert.True(search.ExitCode == 105, search.ToString());
        Assert.Contains("none is ruled out", search.Output, StringComparison.Ordinal);
        var kept = await File.ReadAllLinesAsync(Path.Combine(repository.Results, "history", "orders-bisect.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(2, kept.Count(line => line.StartsWith("  ", StringComparison.Ordinal) && line.EndsWith(" cost", StringComparison.Ordinal)));
        Assert.Contains(string.Join('\n', kept), search.Output, StringComparison.Ordinal);
        Assert.Single(await repository.WorktreesAsync());
    }

    [Fact]
    public async Task What_cannot_be_judged_is_refused_before_anything_is_built()
    {
        SkipUnlessLinux();
        using var repository = await GatedRepository.CreateAsync(milliseconds: 1);
        var policy = repository.WritePolicy();

        var unknown = await Cli.RunAsync("nightly", "--policy", policy, "--baseline", "no-such-branch", "--results", repository.Results);
        var nothing = await Cli.RunAsync("nightly", "--policy", policy, "--results", repository.Results, "--junit", Path.Combine(repository.Path, "none", "junit.xml"));
        var passed = await Cli.RunAsync("nightly", "--policy", policy, "--baseline", "last-passed", "--results", repository.Results);

        Assert.All([unknown, nothing, passed], result => Assert.True(result.ExitCode == 104, result.ToString()));
        Assert.Contains("git finds no commit 'no-such-branch'", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("--baseline is missing", nothing.Error, StringComparison.Ordinal);
        Assert.Contains("there is no folder", nothing.Error, StringComparison.Ordinal);
        Assert.Contains("no head that passed", passed.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(repository.Results));
    }

    [Fact]
    public async Task A_search_for_a_commit_is_refused_where_it_can_find_nothing_and_ends_where_the_bad_commit_does_not_build()
    {
        SkipUnlessLinux();
        using var repository = await GatedRepository.CreateAsync(milliseconds: 1);
        await repository.CommitAsync(milliseconds: 2);
        await repository.CommitAsync(milliseconds: 3, faulty: "x = [");
        var policy = repository.WritePolicy("python3 -m py_compile server.py && cp server.py \"$1\"");

        var backwards = await BisectAsync("HEAD", "HEAD~1");
        var narrowed = await BisectAsync("HEAD~2", "HEAD", "--metric", "memory", "--arm", "on");
        var single = await BisectAsync("HEAD~2", "HEAD", "--baseline", "HEAD~1", "--junit", "junit.xml");
        Assert.All([backwards, narrowed, single], result => Assert.True(result.ExitCode == 104, result.ToString()));
        Assert.Contains("HEAD is not among the first parents of HEAD~1", backwards.Error, StringComparison.Ordinal);
        Assert.Contains("--metric memory: the policy has cpu.", narrowed.Error, StringComparison.Ordinal);
        Assert.Contains("--arm on: the policy has off.", narrowed.Error, StringComparison.Ordinal);
        Assert.Contains("--baseline and --head have no place", single.Error, StringComparison.Ordinal);
        Assert.Contains("--junit has no place", single.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(repository.Results));

        var broken = await BisectAsync("HEAD~2", "HEAD");

        Assert.True(broken.ExitCode == 1, broken.ToString());
        Assert.Contains("2 commits to search: at most 2 comparisons of up to", broken.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing to search: it is not decided", broken.Output, StringComparison.Ordinal);
        Assert.Single(await repository.WorktreesAsync());

        Task<ProgramResult> BisectAsync(string good, string bad, params string[] more) =>
            Cli.RunAsync(["nightly", "--policy", policy, "--results", repository.Results, "--bisect", good, bad, .. more]);
    }

    // What the build prints is in its log at once.
    private static bool HasBegun(GatedRepository repository) =>
        Directory.Exists(repository.Results)
        && Directory.GetFiles(repository.Results, "base.build.log", SearchOption.AllDirectories) is [var log]
        && new FileInfo(log).Length > 0;

    private static void SkipUnlessLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "run.sh and the placement of processes need Linux.");

    private static void Expect(GatedRepository repository, string end)
    {
        using var entry = JsonDocument.Parse(Assert.Single(repository.History()));
        Assert.Equal((end, "not_judged"), (entry.RootElement.GetProperty("end").GetString(), entry.RootElement.GetProperty("outcome").GetString()));
        var folder = Assert.Single(Directory.GetDirectories(Path.Combine(repository.Results, "nightly")));
        Assert.True(File.Exists(Path.Combine(folder, "gate.md")) && File.Exists(Path.Combine(folder, "gate.json")));
    }
}
