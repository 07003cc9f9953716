using Spectre.Console;

namespace PerfLab.Cli.Display;

/// <summary>The last line of a terminal, drawn anew again and again, below lines that stay. Elsewhere only lines that stay.</summary>
internal sealed class StatusLine
{
    private const int NarrowestTerminal = 20;

    private readonly Lock _gate = new();

    /// <summary>Gets a value indicating whether somebody looks at a terminal that can draw a line anew.</summary>
    public bool IsTerminal { get; } = AnsiConsole.Profile.Capabilities.Ansi && AnsiConsole.Profile.Out.IsTerminal;

    /// <summary>Draws the line anew; does nothing without a terminal.</summary>
    public void Draw(string text)
    {
        if (!IsTerminal)
        {
            return;
        }

        lock (_gate)
        {
            EraseLine();
            var width = Math.Max(NarrowestTerminal, AnsiConsole.Profile.Width - 1);
            Console.Write(text.Length <= width ? text : text[..width]);
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Erase() => Draw(string.Empty);

    /// <summary>Writes a line that stays.</summary>
    public void WriteLine(string text) => Write(() => Console.WriteLine(text));

    /// <summary>Writes whole lines that stay.</summary>
    public void Write(Action write)
    {
        lock (_gate)
        {
            if (IsTerminal)
            {
                EraseLine();
            }

            write();
        }
    }

    private static void EraseLine() => Console.Write("\r\u001b[K");
}

/// <summary>Durations as a person reads them.</summary>
internal static class DurationText
{
    /// <summary>Writes for example <c>3 min</c> or <c>40 s</c>.</summary>
    public static string Short(TimeSpan duration) =>
        duration < TimeSpan.FromSeconds(90) ? $"{Math.Ceiling(duration.TotalSeconds):0} s" : $"{Math.Ceiling(duration.TotalMinutes):0} min";

    /// <summary>Writes minutes and seconds, for example <c>04:05</c>.</summary>
    public static string Clock(TimeSpan duration) => $"{(int)duration.TotalMinutes:00}:{duration.Seconds:00}";
}
