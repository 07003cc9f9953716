using PerfLab.Reporting.Terminal;
using Spectre.Console;

namespace PerfLab.Cli.Display;

/// <summary>Turns a text with a style into the markup of the console library.</summary>
internal static class TerminalMarkup
{
    /// <summary>Writes a line; where nobody looks at a terminal, plainly and without a break at some assumed width.</summary>
    public static void WriteLine(TerminalText text)
    {
        if (AnsiConsole.Profile.Out.IsTerminal)
        {
            AnsiConsole.MarkupLine(Of(text));
        }
        else
        {
            Console.WriteLine(text.Text);
        }
    }

    /// <summary>Escapes the text and puts its style around it.</summary>
    public static string Of(TerminalText text)
    {
        var escaped = Markup.Escape(text.Text);
        var style = text.Style switch
        {
            TerminalStyle.Muted => "grey",
            TerminalStyle.Strong => "bold",
            TerminalStyle.Good => "green",
            TerminalStyle.Costly => "red",
            TerminalStyle.Doubtful => "yellow",
            TerminalStyle.Bad => "bold red",
            _ => null,
        };
        return style is null ? escaped : $"[{style}]{escaped}[/]";
    }
}
