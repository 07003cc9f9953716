using System.CommandLine;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.Generators;
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
        var junit = JUnitOption.Create();
        var failOnInconclusive = ThresholdExit.CreateOption();
        var resume = new Option<string?>("--resume")
        {
            Description = "Add the missing launch sets to a run that ended before its plan: the end of its name, a path, or latest.",
            HelpName = "RUN",
        };
        var watch = new Option<bool>("--watch")
        {
            Description = "After each launch set that counts, show the table of arms so far. It is provisional and does not change when the run ends.",
        };
        var generator = new Option<string?>("--generator")
        {
            Description = $"Measure with this load tool in place of PerfLab's engine: {string.Join(", ", GeneratorCatalog.All.Where(tool => tool.Command.Count > 0).Select(tool => tool.Name))}.",
            HelpName = "TOOL",
        };
        var diagnose = DiagnoseOptions.CreateArms();
        var seconds = DiagnoseOptions.CreateSeconds();
        var command = new Command("scenario", "Compare the variants of a scenario: run it and write the report.") { name, results, traceUi, forward, resume, watch, junit, failOnInconclusive, generator, diagnose, seconds };
        command.SetAction(parse =>
        {
            var scenario = Checkout.Load(parse.GetRequiredValue(name), GeneratorOf(parse.GetValue(generator)));
            if (parse.GetValue(diagnose) is { Length: > 0 } texts)
            {
                Option[] ofRuns = [generator, traceUi, forward, resume, watch, junit, failOnInconclusive];
                var (arms, duration) = DiagnoseOptions.Read(scenario, texts, parse.GetValue(seconds), [.. ofRuns.Where(option => parse.GetResult(option) is { Implicit: false }).Select(option => option.Name)]);
                return DiagnosisExecution.RunAsync(scenario, arms, duration, parse.GetRequiredValue(results));
            }

            return RunAsync(
                new ScenarioRequest(scenario, parse.GetRequiredValue(results), Floor: 0)
                {
                    TraceUi = TraceUiOption.Read(parse.GetValue(traceUi)),
                    Forward = ForwardOption.Read(parse.GetValue(forward)),
                    Resume = parse.GetValue(resume),
                    Watches = parse.GetValue(watch),
                    JUnit = JUnitOption.Read(parse.GetValue(junit)),
                },
                parse.GetValue(failOnInconclusive));
        });
        return command;
    }

    private static string? GeneratorOf(string? name) => name is null || GeneratorCatalog.Find(name) is not null
        ? name
        : throw new UsageException($"--generator: '{name}' is not a load tool that is known. {NearestName.Advise(name, GeneratorCatalog.Names)}");

    private static async Task<int> RunAsync(ScenarioRequest request, bool failOnInconclusive)
    {
        foreach (var note in ScenarioNotes.Of(request.Scenario))
        {
            Console.WriteLine(note);
        }

        await ForwardOption.CheckAsync(request.Forward, CancellationToken.None);
        var comparisons = Math.Max(1, request.Scenario.Variants.Count - 1);
        var execution = await ScenarioExecution.RunAsync(request with { Floor = Holm.SmallestSignedRankCount(comparisons) });

        // A run that was interrupted or crashed says so first: what is left of it may judge thresholds, but did not pass.
        return execution is { ExitCode: ExitCode.Passed, Analysis: { } analysis }
            ? ThresholdExit.CodeOf(analysis, failOnInconclusive)
            : execution.ExitCode;
    }
}
