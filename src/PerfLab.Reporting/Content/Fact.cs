namespace PerfLab.Reporting.Content;

/// <summary>A named fact of a list.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">What is said of it.</param>
internal sealed record Fact(string Name, string Value);
