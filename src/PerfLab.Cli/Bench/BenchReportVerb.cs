using System.CommandLine;
using PerfLab.Bench;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;

namespace PerfLab.Cli.Bench;

/// <summary><c>bench report</c>: how long the report of a large run takes.</summary>
internal static class BenchReportVerb
{
    // A measured run that the checkout has.
    private static readonly string s_archive = Path.Combine(Checkout.Root, "tests", "ReferenceRuns", "20261129T010026Z-sampling-5ab8.tar.gz");

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "One report: shows that it works, not how well." };
        var results = ResultsOption.Create();
        var command = new Command("report", "Measure how long the report of a run with 12 arms and 20 launch sets takes.") { quick, results };
        command.SetAction(parse => RunAsync(parse.GetValue(quick) ? 1 : 7, parse.GetRequiredValue(results)));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, string results)
    {
        ResultsOption.Check(BenchFiles.FolderIn(results));
        using var interruption = new Interruption();
        var options = new ReportBenchOptions
        {
            Program = BenchFiles.Program,
            Archive = s_archive,
            Rounds = rounds,
            Folder = Path.Combine(BenchFiles.FolderIn(results), $"report-{Guid.NewGuid().ToString("N")[..4]}"),
        };
        var measured = await ReportBench.RunAsync(options, TimeProvider.System, Console.WriteLine, interruption.Token);
        var record = measured with { Goals = ReportBenchGoals.Judge(measured) };
        await BenchFiles.ShowAndWriteAsync(results, record.Started, "report", record, ReportBenchText.Compose(record));
        return BenchFiles.CodeOf(record.Goals);
    }
}
