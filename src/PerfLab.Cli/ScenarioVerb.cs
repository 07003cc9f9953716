using System.CommandLine;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Collector.Capture;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Reporting.Content;
using PerfLab.Statistics;

namespace PerfLab.Cli;

/// <summary><c>scenario NAME</c>: runs a scenario and reports.</summary>
internal static class ScenarioVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Name of a file in scenarios/, or a path." };
        var results = ResultsOption.Create();
        var traceUi = TraceUiOption.Create();
        var forward = ForwardOption.Create();
        var failOnInconclusive = ThresholdExit.CreateOption();
        var command = new Command("scenario", "Compare the variants of a scenario: run it and write the report.") { name, results, traceUi, forward, failOnInconclusive };
        command.SetAction(parse => RunAsync(
            parse.GetRequiredValue(name),
            parse.GetRequiredValue(results),
            TraceUiOption.Read(parse.GetValue(traceUi)),
            ForwardOption.Read(parse.GetValue(forward)),
            parse.GetValue(failOnInconclusive)));
        return command;
    }

    private static async Task<int> RunAsync(string name, string results, TraceUi? traceUi, ForwardingOptions? forward, bool failOnInconclusive)
    {
        var scenario = ScenarioFile.Load(Checkout.Scenarios.Find(name));
        var execution = await ScenarioExecution.RunAsync(scenario, results, Holm.SmallestSignedRankCount(Math.Max(1, scenario.Variants.Count - 1)), traceUi, forward);

        // A run that was interrupted or crashed says so first: what is left of it may judge thresholds, but did not pass.
        return execution is { ExitCode: ExitCode.Passed, Analysis: { } analysis }
            ? ThresholdExit.CodeOf(analysis, failOnInconclusive)
            : execution.ExitCode;
    }
}
