using PerfLab.Analysis.Gates;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Reporting.Gates;
using PerfLab.Runner.Builds;

namespace PerfLab.Cli.Nightly;

/// <summary><c>nightly --bisect GOOD BAD</c>: searches the first commit that costs more, by nights that compare a commit with the good one.</summary>
internal static class NightlyBisect
{
    /// <summary>Searches.</summary>
    /// <param name="request">What a night needs; its policy is narrowed to the metric and the arm.</param>
    /// <param name="good">The commit that does not cost more, as a person names it.</param>
    /// <param name="bad">The commit that does.</param>
    /// <returns>0 when one commit was found, 99 when it was not decided, else how a night failed.</returns>
    public static async Task<int> RunAsync(NightlyRequest request, string good, string bad)
    {
        using var interruption = new Interruption();
        var repository = new GitRepository(request.Policy.Repository);
        var baseline = await repository.ResolveAsync(good, interruption.Token);
        SearchedCommit[] commits = [.. (await repository.FirstParentsAsync(baseline, await repository.ResolveAsync(bad, interruption.Token), interruption.Token))
            .Select(commit => new SearchedCommit(commit.Hash, commit.Subject))];
        if (commits.Length == 0)
        {
            throw new UsageException($"--bisect: {good} is not among the first parents of {bad}, so there is nothing between them. Name the older commit first.");
        }

        Console.WriteLine(BisectWording.Plan(commits.Length, request.Budget));
        var last = await CompareAsync(commits.Length, search: null);
        if (EndsSearch(last))
        {
            return EndEarly(last, search: null);
        }

        if (last.Result.Outcome != GateOutcome.Regressed)
        {
            Console.WriteLine(BisectWording.NothingToSearch(last.Result.Outcome));
            return last.ExitCode != ExitCode.Passed ? last.ExitCode : ExitCode.ThresholdFailed;
        }

        var search = CommitSearch.Among(commits.Length);
        while (search.Next is { } next)
        {
            var night = await CompareAsync(next, search);
            if (EndsSearch(night))
            {
                return EndEarly(night, search);
            }

            search = search.After(next, night.Result.Outcome);
        }

        Keep(request, BisectWording.Result(commits, search));
        return search.Candidates.Count == 1 ? ExitCode.Passed : ExitCode.ThresholdFailed;

        async Task<NightOutcome> CompareAsync(int number, CommitSearch? search)
        {
            Console.WriteLine();
            Console.WriteLine(BisectWording.Step(commits[number - 1], search));
            return await NightlyRun.CompareAsync(request, baseline, commits[number - 1].Hash, interruption);
        }

        int EndEarly(NightOutcome night, CommitSearch? search)
        {
            Keep(request, BisectWording.Unfinished(commits, search, baseline));
            return night.ExitCode;
        }
    }

    // Beside the history of its nights, in the place of what the search before said.
    private static void Keep(NightlyRequest request, IEnumerable<string> lines)
    {
        string[] said = [.. lines];
        Console.WriteLine();
        foreach (var line in said)
        {
            Console.WriteLine(line);
        }

        var file = Path.ChangeExtension(HistoryFile.Of(request.Results, request.Policy.Name).Path, ".txt");
        try
        {
            File.WriteAllLines(file, said);
            Console.WriteLine($"Kept: {file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"It could not be kept: {error.Message} Copy it from here.");
        }
    }

    // What would befall every further night too.
    private static bool EndsSearch(NightOutcome night) => night.End is NightEnd.BaselineNotBuilt or NightEnd.Interrupted or NightEnd.StorageFailed;

    /// <summary>Narrows a policy to what is searched; its history is one of its own, because its nights are no nightly ones.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="metric">The key of the metric; null for all of the policy.</param>
    /// <param name="arm">The arm; null for all of the policy.</param>
    /// <exception cref="UsageException">The policy has no such metric or arm.</exception>
    public static GatePolicy Narrow(GatePolicy policy, string? metric, string? arm)
    {
        var faults = new UsageFaults();
        var keys = policy.Metrics.Select(each => MetricCatalog.Get(each.Metric).Key).ToArray();
        faults.Unless(metric is null || keys.Contains(metric, StringComparer.Ordinal), $"--metric {metric}: the policy has {string.Join(", ", keys)}.");
        faults.Unless(arm is null || policy.Arms.Contains(arm, StringComparer.Ordinal), $"--arm {arm}: the policy has {string.Join(", ", policy.Arms)}.");
        faults.ThrowIfAny();
        return policy with
        {
            Name = policy.Name + "-bisect",
            Metrics = [.. policy.Metrics.Where(each => metric is null || MetricCatalog.Get(each.Metric).Key == metric)],
            Arms = [.. policy.Arms.Where(each => arm is null || each == arm)],
        };
    }
}
