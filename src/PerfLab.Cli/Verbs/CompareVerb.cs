using System.CommandLine;
using PerfLab.Analysis.RunPairs;
using PerfLab.Cli.Display;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Cli.Verbs;

/// <summary><c>compare RUN RUN</c>: sets two runs side by side.</summary>
internal static class CompareVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var first = new Argument<string>("first") { Description = "Name or end of a name of a folder in results/, a path, or latest." };
        var second = new Argument<string>("second") { Description = "The run to compare with it, likewise." };
        var results = ResultsOption.Create();
        var command = new Command("compare", "Set two runs side by side; absolute numbers only where both are of one machine.") { first, second, results };
        command.SetAction(parse =>
        {
            var root = parse.GetRequiredValue(results);
            Compare(RunFolder.Find(root, parse.GetRequiredValue(first)), RunFolder.Find(root, parse.GetRequiredValue(second)));
            return ExitCode.Passed;
        });
        return command;
    }

    private static void Compare(RunFolder first, RunFolder second)
    {
        var pair = RunPairAnalyzer.Compare(Reports.Analyze(first), Reports.Analyze(second));
        if (pair.Overheads.Count == 0 && pair.Values.Count == 0)
        {
            throw new UsageException($"{pair.First} and {pair.Second}: no arm has an interval in both. {string.Join(" ", pair.Cautions)}".TrimEnd());
        }

        var summary = PairSummary.Compose(pair);
        foreach (var note in summary.Notes)
        {
            TerminalMarkup.WriteLine(note);
        }

        SectionDisplay.Show(summary.Sections);
    }
}
