namespace PerfLab.Reporting.Terminal;

/// <summary>A text of the summary. It may hold any character but control characters; who renders it escapes what its markup would read.</summary>
/// <param name="Text">The text, in one line.</param>
/// <param name="Style">How it stands out.</param>
public sealed record TerminalText(string Text, TerminalStyle Style = TerminalStyle.Plain);
