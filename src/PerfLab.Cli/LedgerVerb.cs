using System.CommandLine;
using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Results;
using PerfLab.Reporting;

namespace PerfLab.Cli;

/// <summary><c>ledger RUN</c>: adds the layers of a run's arms up and sets them beside what the run measured.</summary>
internal static class LedgerVerb
{
    private const double SameSpans = 0.2;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Name or end of a name of a folder in results/, a path, or latest.", DefaultValueFactory = _ => "latest" };
        var micro = new Option<string?>("--micro") { Description = "layers.json of ./run.sh micro, or its folder; the latest in results/micro/ without.", HelpName = "FILE" };
        var results = ResultsOption.Create();
        var command = new Command("ledger", "Say which layers the overhead of each arm of a run consists of, and how much of it nothing explains.") { run, micro, results };
        command.SetAction(parse => Show(RunFolder.Find(parse.GetRequiredValue(results), parse.GetRequiredValue(run)), parse.GetValue(micro) is { } file ? MicroBenchmarkRecord.Read(file) : LatestIn(parse.GetRequiredValue(results))));
        return command;
    }

    private static int Show(RunFolder folder, MicroBenchmarkRecord layers)
    {
        if (OutputFile.FaultOfWritingIn(folder.Path) is { } fault)
        {
            throw new UsageException($"{folder.Path}: the ledger cannot be written: {fault} (ledger). Name a copy of the run.");
        }

        var run = RunReports.Analyze(folder);
        var arms = new CostLedgerBuilder(layers, SpanMix.ShopOrder).Build(run);
        if (arms.Count == 0)
        {
            throw new UsageException($"{folder.RunId}: no arm counts the spans that it creates, so there is nothing to add up (ledger). Name a run of scenarios/sampling.yaml or scenarios/ledger.yaml.");
        }

        // The layers are those of an order; another request has other spans, and another service other attributes.
        if (arms.FirstOrDefault(arm => Math.Abs((arm.CreatedSpansPerRequest / SpanMix.ShopOrder.Spans) - 1) > SameSpans) is { } other)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{folder.RunId}: {other.Arm} creates {other.CreatedSpansPerRequest:0.##} spans per request, and the layers are known for an order of Shop with {SpanMix.ShopOrder.Spans:0} (ledger). Name a run of scenarios/sampling.yaml or scenarios/ledger.yaml; for another service see where its time goes with ./run.sh scenario NAME --diagnose ARM."));
        }

        var report = new CostLedgerReport(folder.RunId, layers, arms);
        SectionDisplay.Show(report.Sections);
        foreach (var headline in report.Headlines)
        {
            TerminalMarkup.WriteLine(headline);
        }

        if (layers.Machine is { } machine && run.Manifest.Machine.DifferencesFrom(machine) is { Count: > 0 } differences)
        {
            Console.WriteLine($"! The layers were measured on another machine ({string.Join("; ", differences)}): measure them on this one.");
        }

        Console.WriteLine($"Written: {report.Write(folder.Path)}, and the chart beside it");
        return ExitCode.Passed;
    }

    private static MicroBenchmarkRecord LatestIn(string results) => MicroVerb.Latest(results, CostLedgerBuilder.NeededLayers)
        ?? throw new UsageException($"There are no micro benchmarks of all layers in {Path.Combine(results, "micro")} (ledger). Run ./run.sh micro first, or name its file with --micro.");
}
