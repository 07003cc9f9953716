using System.CommandLine;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Cli.Verbs.Mutating;

namespace PerfLab.Cli.Verbs;

/// <summary><c>mutate</c>: changes the code that decides, a little at a time, and sees whether a test notices.</summary>
internal static class MutateVerb
{
    // What docs/mutation.md promises; a mutant that changes nothing cannot be found, so all of them is out of reach.
    private const double LeastScore = 0.85;
    private const int DefaultLimitMinutes = 60;

    /// <summary>Creates the command.</summary>
    /// <param name="repository">Full path of the checkout.</param>
    public static Command Create(string repository)
    {
        var filter = new Option<string?>("--filter") { Description = "Only test projects whose name contains this." };
        var last = new Option<bool>("--last") { Description = "Show what the last mutation testing found, and mutate nothing." };
        var limit = new Option<int>("--limit-minutes") { Description = "Longest time for one project.", DefaultValueFactory = _ => DefaultLimitMinutes };
        var results = ResultsOption.Create();
        var command = new Command("mutate", "Mutation testing: change the code that decides, and see whether a test notices.") { filter, last, limit, results };
        command.SetAction(parse => RunAsync(
            repository,
            Select(repository, parse.GetValue(filter)),
            Path.Combine(parse.GetRequiredValue(results), "mutation"),
            parse.GetValue(last),
            TimeSpan.FromMinutes(parse.GetValue(limit))));
        return command;
    }

    private static MutationProject[] Select(string repository, string? filter)
    {
        var all = MutationProject.FindAll(repository);
        MutationProject[] selected = [.. all.Where(project => project.Name.Contains(filter ?? string.Empty, StringComparison.OrdinalIgnoreCase))];
        return selected.Length > 0
            ? selected
            : throw new UsageException($"--filter {filter} matches no project with a {MutationProject.ConfigurationFile}. There are: {string.Join(", ", all.Select(project => project.Name))}.");
    }

    private static async Task<int> RunAsync(string repository, MutationProject[] projects, string folder, bool isOnlyShown, TimeSpan limit)
    {
        using var interruption = new Interruption();
        if (!isOnlyShown)
        {
            await MutationTool.RestoreAsync(repository, interruption.Token);
        }

        var isReached = true;
        foreach (var project in projects)
        {
            var output = Path.Combine(folder, project.Name);
            if (!isOnlyShown)
            {
                await MutateAsync(project, output, limit, interruption.Token);
            }

            var report = MutationReport.Read(project, output)
                ?? throw new UsageException($"{output} has no report of {project.Name}. Run mutate without --last; what Stryker says against it stands above.");
            MutationDisplay.Show(report, LeastScore);
            isReached &= report.Score >= LeastScore;
        }

        return isReached ? ExitCode.Passed : ExitCode.ThresholdFailed;
    }

    private static async Task MutateAsync(MutationProject project, string output, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true); // An old report must not pass for a new one.
        }

        Directory.CreateDirectory(output);
        await MutationTool.MutateAsync(project, output, limit, cancellationToken);
    }
}
