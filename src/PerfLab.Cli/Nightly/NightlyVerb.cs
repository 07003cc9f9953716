using System.CommandLine;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Gates;

namespace PerfLab.Cli.Nightly;

/// <summary><c>nightly</c>: builds two commits, measures them side by side, and says whether the head may pass.</summary>
internal static class NightlyVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var baseline = new Option<string?>("--baseline")
        {
            Description = $"The commit that the head is compared with: a hash, a branch, a tag, or {NightlyRequest.LastPassed} for the latest head in the history that passed.",
            HelpName = "COMMIT",
        };
        var head = new Option<string>("--head") { Description = "The commit that is judged.", HelpName = "COMMIT", DefaultValueFactory = _ => "HEAD" };
        var policy = new Option<string>("--policy")
        {
            Description = "The policy: repository, build command, scenario, metrics, thresholds.",
            HelpName = "FILE",
            DefaultValueFactory = _ => Path.Combine(Checkout.Root, GatePolicyFile.StandardName),
        };
        var budget = BudgetOption.Create("30m");
        budget.Description = "Wall-clock time for measuring, builds apart. Half of it is for all arms, the rest for those that look worse.";
        var results = ResultsOption.Create();
        var junit = new Option<string?>("--junit") { Description = "Write what the gate says as test cases for build servers.", HelpName = "FILE" };
        var summary = new Option<string?>("--summary") { Description = "Append what the gate says as Markdown, for example to $GITHUB_STEP_SUMMARY.", HelpName = "FILE" };
        var demo = new Option<bool>("--demo") { Description = "Show the gate at work in ten minutes: it must find a planted cost, and pass without it. Builds nothing." };
        var bisect = new Option<string[]>("--bisect")
        {
            Description = "Search the first commit that costs more: a commit that does not and a later one that does. Each comparison has the time of --budget.",
            HelpName = "GOOD BAD",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var history = new Option<bool>("--history") { Description = "Show the nights so far, and where a level shifted. Measures nothing." };
        var metric = new Option<string?>("--metric") { Description = "With --bisect: this metric of the policy alone.", HelpName = "KEY" };
        var arm = new Option<string?>("--arm") { Description = "With --bisect: this arm of the policy alone.", HelpName = "NAME" };
        var command = new Command("nightly", "Gate a commit: measure it side by side with a baseline, again where it looks worse, and end with 99 if the policy blocks.")
        {
            baseline, head, policy, budget, results, junit, summary, demo, history, bisect, metric, arm,
        };
        command.SetAction(parse =>
        {
            var request = new NightlyRequest
            {
                Policy = GatePolicyFile.Load(parse.GetRequiredValue(policy)),
                Baseline = parse.GetValue(baseline),
                Head = parse.GetRequiredValue(head),
                Budget = BudgetOption.Read(parse.GetRequiredValue(budget)),
                Results = parse.GetRequiredValue(results),
                Files = new NightFiles(parse.GetValue(junit), parse.GetValue(summary)),
            };
            if (parse.GetValue(history))
            {
                return Task.FromResult(NightlyHistory.Show(request.Policy, request.Results));
            }

            if (parse.GetValue(bisect) is [var good, var bad])
            {
                request.CheckBisect();
                return NightlyBisect.RunAsync(request with { Policy = NightlyBisect.Narrow(request.Policy, parse.GetValue(metric), parse.GetValue(arm)) }, good, bad);
            }

            request.Check(isDemo: parse.GetValue(demo), isNarrowed: parse.GetValue(metric) is not null || parse.GetValue(arm) is not null);
            return parse.GetValue(demo) ? NightlyDemo.RunAsync(request) : NightlyRun.OfCommitsAsync(request);
        });
        return command;
    }
}

/// <summary>What is to be judged.</summary>
internal sealed record NightlyRequest
{
    /// <summary>The word for the latest head in the history that passed.</summary>
    public const string LastPassed = "last-passed";

    /// <summary>Gets the policy.</summary>
    public required GatePolicy Policy { get; init; }

    /// <summary>Gets the baseline as a person names it; null where none was named.</summary>
    public required string? Baseline { get; init; }

    /// <summary>Gets the head as a person names it.</summary>
    public required string Head { get; init; }

    /// <summary>Gets the time for measuring.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>Gets the folder of runs.</summary>
    public required string Results { get; init; }

    /// <summary>Gets the files for build servers.</summary>
    public required NightFiles Files { get; init; }

    /// <summary>Finds what would fail only after hours.</summary>
    /// <exception cref="UsageException">Something is missing or cannot be written.</exception>
    public void Check(bool isDemo, bool isNarrowed)
    {
        var faults = new UsageFaults();
        faults.Unless(!isNarrowed, "--metric and --arm belong to --bisect (nightly). A night judges all that the policy names.");
        faults.Unless(isDemo || Baseline is not null, $"--baseline is missing (nightly). Name the commit that the head is compared with, or {LastPassed}.");
        Files.Check(faults);
        faults.ThrowIfAny();
    }

    /// <summary>Finds what a search has no use for.</summary>
    /// <exception cref="UsageException">An option belongs to a single night, or a file cannot be written.</exception>
    public void CheckBisect()
    {
        var faults = new UsageFaults();
        faults.Unless(Baseline is null && Head == "HEAD", "--baseline and --head have no place beside --bisect GOOD BAD, which names both commits.");
        faults.Unless(Files.JUnit is null, "--junit has no place beside --bisect: a search is no test. --summary gets what each comparison says.");
        Files.Check(faults);
        faults.ThrowIfAny();
    }
}
