namespace PerfLab.Reporting.Terminal;

/// <summary>A column of the summary's table.</summary>
/// <param name="Title">The title with the unit of the values.</param>
/// <param name="IsNumber">Whether the column is aligned at the right.</param>
public sealed record TerminalColumn(string Title, bool IsNumber);
