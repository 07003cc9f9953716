using System.CommandLine;
using PerfLab.Cli.Display;
using PerfLab.Experiments.Results;

namespace PerfLab.Cli.Verbs;

/// <summary><c>report RUN</c>: rebuilds everything from a run's raw files.</summary>
internal static class ReportVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Name or end of a name of a folder in results/, a path, or latest." };
        var results = ResultsOption.Create();
        var traceUi = TraceUiOption.Create();
        var failOnInconclusive = ThresholdExit.CreateOption();
        var command = new Command("report", "Rebuild the report of a run from its raw files, and judge its thresholds again.") { run, results, traceUi, failOnInconclusive };
        command.SetAction(parse => ThresholdExit.CodeOf(
            Reports.WriteAndShow(RunFolder.Find(parse.GetRequiredValue(results), parse.GetRequiredValue(run)), TraceUiOption.Read(parse.GetValue(traceUi))),
            parse.GetValue(failOnInconclusive)));
        return command;
    }
}
