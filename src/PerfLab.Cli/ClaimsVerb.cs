using System.CommandLine;
using PerfLab.Analysis.Runs;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Results;
using PerfLab.Reporting;

namespace PerfLab.Cli;

/// <summary><c>claims RUN...</c>: writes what runs say of claims about tracing.</summary>
internal static class ClaimsVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var runs = new Argument<string[]>("runs") { Description = "Names or ends of names of folders in results/, paths, or latest.", Arity = ArgumentArity.OneOrMore };
        var file = new Option<string>("--claims") { Description = "The file of claims.", HelpName = "FILE", DefaultValueFactory = _ => Path.Combine(Checkout.Supplied, ClaimFile.FileName) };
        var output = new Option<string?>("--output") { Description = "Write the page into a file instead of showing it.", HelpName = "FILE" };
        var results = ResultsOption.Create();
        var command = new Command("claims", "Write for each claim about tracing what runs say of it: confirmed, refuted or cannot tell.") { runs, file, output, results };
        command.SetAction(parse =>
        {
            var path = parse.GetValue(output);
            if (path is not null)
            {
                var faults = new UsageFaults();
                OutputFile.Check(path, "--output", faults);
                faults.ThrowIfAny();
            }

            RunAnalysis[] analyses = [.. parse.GetRequiredValue(runs).Select(run => RunFolder.Find(parse.GetRequiredValue(results), run)).DistinctBy(folder => folder.Path).Select(RunReports.Analyze)];
            var page = ClaimsPage.Write([.. ClaimFile.Read(parse.GetRequiredValue(file)).Select(claim => ClaimJudge.Judge(claim, analyses))]);
            if (path is null)
            {
                Console.Write(page);
            }
            else
            {
                NamedOutput.Write(path, page);
            }

            return ExitCode.Passed;
        });
        return command;
    }
}
