using System.Text.RegularExpressions;

namespace PerfLab.Collector.Personal;

/// <summary>A kind of personal data that a scenario adds.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Expression">What it looks like; without backtracking, so that no value can make it slow.</param>
public sealed record PersonalPattern(string Name, Regex Expression);
