using System.CommandLine;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Html;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;

namespace PerfLab.Cli;

/// <summary><c>report RUN</c>: rebuilds everything from a run's raw files.</summary>
internal static class ReportVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Name or end of a name of a folder in results/, a path, or latest." };
        var results = ResultsOption.Create();
        var traceUi = TraceUiOption.Create();
        var junit = JUnitOption.Create();
        var failOnInconclusive = ThresholdExit.CreateOption();
        var text = new Option<bool>("--text") { Description = "Only print the result, and leave the run's folder as it is." };
        var command = new Command("report", "Rebuild the report of a run from its raw files, and judge its thresholds again.") { run, results, text, traceUi, junit, failOnInconclusive };
        var month = MonthOptions.AddTo(command);
        var interchange = InterchangeOptions.AddTo(command);
        command.SetAction(async parse =>
        {
            var folder = RunFolder.Find(parse.GetRequiredValue(results), parse.GetRequiredValue(run));
            var links = TraceUiOption.Read(parse.GetValue(traceUi));
            if (parse.GetValue(text) && links is not null)
            {
                throw new UsageException("--trace-ui links traces in files, and --text writes none. Leave one of them out.");
            }

            if (!parse.GetValue(text) && OutputFile.FaultOfWritingIn(folder.Path) is { } fault)
            {
                throw new UsageException($"{folder.Path}: the report cannot be written: {fault} (report). Print the result with --text, or report a copy of the run.");
            }

            var others = interchange.Read(parse, (junit.Name, parse.GetValue(junit)));
            var (cases, adapt) = (JUnitOption.Read(parse.GetValue(junit)), month.Read(parse));
            var analysis = parse.GetValue(text) ? RunReports.Show(folder, cases, adapt) : RunReports.WriteAndShow(folder, links, cases, adapt: adapt, options: month.Text(parse));
            await others.HandOnAsync(analysis, folder.ReadOutcome());
            return ThresholdExit.CodeOf(analysis, parse.GetValue(failOnInconclusive));
        });
        return command;
    }
}

/// <summary><c>compare RUN RUN</c>: sets two runs side by side.</summary>
internal static class CompareVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var first = new Argument<string>("first") { Description = "Name or end of a name of a folder in results/, a path, or latest." };
        var second = new Argument<string>("second") { Description = "The run to compare with it, likewise." };
        var results = ResultsOption.Create();
        var failOn = new Option<string[]>("--fail-on")
        {
            Description = "A change of what an arm costs that must not be, for example \"cpu>+5%\" or \"p99{always-on}>+10%\"; repeatable. Exit code 99 when one is there.",
            HelpName = "CONDITION",
        };
        var failOnInconclusive = new Option<bool>("--fail-on-inconclusive") { Description = "End with 99 also when a condition of --fail-on is not decided." };
        var html = new Option<string?>("--html") { Description = "Write the comparison into a file as a page that needs nothing else.", HelpName = "FILE" };
        var command = new Command("compare", "Set two runs side by side; absolute numbers only where both are of one machine.") { first, second, results, failOn, failOnInconclusive, html };
        command.SetAction(parse =>
        {
            var (root, page, faults) = (parse.GetRequiredValue(results), parse.GetValue(html), new UsageFaults());
            ChangeCondition[] conditions = [.. (parse.GetValue(failOn) ?? []).Select(text => faults.Read(() => ChangeCondition.ParseOverhead(text), null)).OfType<ChangeCondition>()];
            if (page is not null)
            {
                OutputFile.Check(page, "--html", faults);
            }

            faults.ThrowIfAny();
            var (one, other) = (RunReports.Analyze(RunFolder.Find(root, parse.GetRequiredValue(first))), RunReports.Analyze(RunFolder.Find(root, parse.GetRequiredValue(second))));
            Check(conditions, one, other, faults);
            faults.ThrowIfAny();
            var pair = Compare(one, other);
            RunConditionResult[] judged = [.. conditions.SelectMany(condition => RunComparer.Judge(condition, pair))];
            Show(pair, judged, page);
            return judged.Any(result => result.Fails(parse.GetValue(failOnInconclusive))) ? ExitCode.ThresholdFailed : ExitCode.Passed;
        });
        return command;
    }

    private static void Check(IReadOnlyList<ChangeCondition> conditions, RunAnalysis first, RunAnalysis second, UsageFaults faults)
    {
        string[] variants = [.. first.Arms.Concat(second.Arms).Where(arm => arm.Role == ArmRole.Variant).Select(arm => arm.Name).Distinct(StringComparer.Ordinal)];
        foreach (var condition in conditions)
        {
            var fault = RunComparer.FaultOf(condition, first, second) switch
            {
                ChangeConditionFault.NoSuchArm => "neither run has an arm of this name.",
                ChangeConditionFault.NoOverhead => "the baseline, and its control, has no overhead over itself.",
                _ => null,
            };
            faults.Unless(fault is null, $"'{condition.Text}' (--fail-on): {fault} {NearestName.Advise(condition.Request ?? string.Empty, variants)}");
        }
    }

    private static RunComparison Compare(RunAnalysis first, RunAnalysis second)
    {
        var pair = RunComparer.Compare(first, second);
        if (pair.Overheads.Count == 0 && pair.Values.Count == 0)
        {
            throw new UsageException($"{pair.First} and {pair.Second}: no arm has an interval in both. {string.Join(" ", RunComparisonWording.Compose(pair))}".TrimEnd());
        }

        return pair;
    }

    private static void Show(RunComparison pair, IReadOnlyList<RunConditionResult> judged, string? page)
    {
        var summary = RunComparisonSummary.Compose(pair);
        foreach (var note in summary.Notes)
        {
            TerminalMarkup.WriteLine(note);
        }

        SectionDisplay.Show(summary.Sections);
        foreach (var result in judged)
        {
            TerminalMarkup.WriteLine(RunComparisonSummary.Compose(result));
        }

        if (page is not null)
        {
            NamedOutput.Write(page, RunComparisonPage.Write(pair, judged));
            Console.WriteLine($"Comparison: {Path.GetFullPath(page)}");
        }
    }
}
