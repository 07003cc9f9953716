using System.CommandLine;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Results;
using PerfLab.Reporting;

namespace PerfLab.Cli;

/// <summary><c>publish RUN...</c>: writes a static site of chosen runs.</summary>
internal static class PublishVerb
{
    /// <summary>The folder of the site, below the folder of runs.</summary>
    private const string FolderName = "published";

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var runs = new Argument<string[]>("runs") { Description = "Names or ends of names of folders in results/, paths, or latest.", Arity = ArgumentArity.OneOrMore };
        var results = ResultsOption.Create();
        var command = new Command("publish", "Write a static site of chosen runs into results/published/: an index, the reports, trends and an Atom feed.") { runs, results };
        command.SetAction(parse =>
        {
            var root = parse.GetRequiredValue(results);
            RunFolder[] folders = [.. parse.GetRequiredValue(runs).Select(run => RunFolder.Find(root, run)).DistinctBy(folder => folder.Path)];
            var faults = new UsageFaults();
            foreach (var twice in folders.GroupBy(folder => folder.RunId, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            {
                faults.Unless(false, $"Two runs are called {twice.Key}: {string.Join(" and ", twice.Select(folder => folder.Path))}. Publish one of them.");
            }

            faults.ThrowIfAny();
            ResultsOption.Check(root);
            PublishedRun[] published = [.. folders.Select(folder => new PublishedRun(folder.RunId, RunReports.Analyze(folder), folder.ReadOutcome()))];
            Console.WriteLine($"Published: {PublishedSite.Write(Path.Combine(root, FolderName), published)}");
            return ExitCode.Passed;
        });
        return command;
    }
}
