using PerfLab.Reporting.Terminal;
using Spectre.Console;

namespace PerfLab.Cli.Display;

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
