namespace PerfLab.Reporting.Content;

/// <summary>Every number of one metric, for who wants to check.</summary>
/// <param name="Title">The metric with its unit.</param>
/// <param name="Headers">Column titles; the first is the arm.</param>
/// <param name="Rows">One for each arm; as many cells as headers.</param>
internal sealed record DetailTable(string Title, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows);
