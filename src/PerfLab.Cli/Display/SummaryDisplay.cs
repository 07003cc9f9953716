using PerfLab.Analysis.Runs;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;
using Spectre.Console;

namespace PerfLab.Cli.Display;

/// <summary>Shows the result of a run in the terminal: trust, table, one sentence per arm, and where the report is.</summary>
internal static class SummaryDisplay
{
    private static readonly string[] s_endings = [".yaml", ".yml"];

    /// <summary>Prints the result.</summary>
    /// <param name="analysis">What the numbers say.</param>
    /// <param name="folder">The run; a report that was not written is not named.</param>
    /// <param name="canBeResumed">Whether a scenario file can complete the run.</param>
    public static void Show(RunAnalysis analysis, RunFolder folder, bool canBeResumed)
    {
        var summary = TerminalSummary.Compose(analysis, AnsiConsole.Profile.Width);
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine(TerminalMarkup.Of(summary.Headline));
        foreach (var change in summary.WhatWouldChangeIt)
        {
            AnsiConsole.MarkupLine("  " + TerminalMarkup.Of(change));
        }

        AnsiConsole.MarkupLine(string.Join("  ", summary.Trust.Select(TerminalMarkup.Of)));
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine(TerminalMarkup.Of(summary.Caption));
        AnsiConsole.Write(TableOf(summary.Columns, summary.Rows));
        AnsiConsole.MarkupLine(TerminalMarkup.Of(summary.Noise));
        foreach (var answer in summary.Answers)
        {
            AnsiConsole.MarkupLine("- " + TerminalMarkup.Of(answer));
        }

        SectionDisplay.Show(summary.Sections);
        ShowThresholds(summary);
        foreach (var caution in summary.Cautions)
        {
            AnsiConsole.MarkupLine("! " + TerminalMarkup.Of(caution));
        }

        AnsiConsole.WriteLine();
        if (File.Exists(folder.HtmlReportFile))
        {
            Console.WriteLine($"Report: {folder.HtmlReportFile}");
        }

        if (canBeResumed && !analysis.Completed)
        {
            Console.WriteLine($"To add the missing launch sets: {StartCommand.Name} scenario {ScenarioOf(analysis)} --resume {RunOf(analysis, folder)}");
        }
    }

    /// <summary>Prints how a run stands that goes on.</summary>
    public static void Show(ProvisionalSummary summary)
    {
        AnsiConsole.WriteLine();
        TerminalMarkup.WriteLine(summary.Lead);
        TerminalMarkup.WriteLine(summary.Caption);
        AnsiConsole.Write(TableOf(summary.Columns, summary.Rows));
        foreach (var line in summary.Intervals)
        {
            TerminalMarkup.WriteLine(line);
        }

        AnsiConsole.WriteLine();
    }

    // A file is called as its scenario is.
    private static string ScenarioOf(RunAnalysis analysis)
    {
        var file = Path.Combine(analysis.Plan.Target.BaseFolder ?? Checkout.Scenarios.Path, analysis.Plan.Scenario);
        return IsIn(Checkout.Scenarios.Path, file)
            ? analysis.Plan.Scenario
            : ShellWords.Quote(s_endings.Select(ending => file + ending).FirstOrDefault(File.Exists) ?? file + ".yaml");
    }

    private static string RunOf(RunAnalysis analysis, RunFolder folder) =>
        IsIn(Checkout.Results, folder.Path) ? analysis.Manifest.RunId : ShellWords.Quote(Path.GetFullPath(folder.Path));

    private static bool IsIn(string folder, string path) =>
        Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) == Path.TrimEndingDirectorySeparator(folder);

    private static void ShowThresholds(TerminalSummary summary)
    {
        if (summary.Thresholds.Count == 0)
        {
            return;
        }

        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine("[bold]Thresholds[/]");
        foreach (var row in summary.Thresholds)
        {
            AnsiConsole.MarkupLine((row[0].Text.Length == 0 ? "  " : TerminalMarkup.Of(row[0]) + ": ") + TerminalMarkup.Of(row[1]));
        }

        AnsiConsole.WriteLine();
    }

    private static Table TableOf(IReadOnlyList<TerminalColumn> columns, IReadOnlyList<IReadOnlyList<TerminalText>> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            var shown = new TableColumn(Markup.Escape(column.Title));
            _ = column.Wraps ? shown : shown.NoWrap();
            table.AddColumn(column.IsNumber ? shown.RightAligned() : shown);
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(TerminalMarkup.Of).ToArray());
        }

        return table;
    }
}

/// <summary>Shows tables with a heading and a lead.</summary>
internal static class SectionDisplay
{
    /// <summary>Prints them.</summary>
    public static void Show(IReadOnlyList<TerminalSection> sections)
    {
        foreach (var section in sections)
        {
            AnsiConsole.WriteLine();
            AnsiConsole.MarkupLineInterpolated($"[bold]{section.Title}[/]");
            AnsiConsole.MarkupLineInterpolated($"{section.Lead}");
            AnsiConsole.Write(TableOf(section));
        }
    }

    private static Table TableOf(TerminalSection section)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var column = 0; column < section.Headers.Count; column++)
        {
            var shown = new TableColumn(Markup.Escape(section.Headers[column]));
            table.AddColumn(column == 0 || section.WordColumns.Contains(column) ? shown : shown.RightAligned());
        }

        foreach (var row in section.Rows)
        {
            table.AddRow(row.Select(Markup.Escape).ToArray());
        }

        return table;
    }
}
