namespace PerfLab.Collector.Personal;

/// <summary>Where something stands in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="Length">Its length; 0 where nothing was found.</param>
internal readonly record struct PersonalMatch(int Start, int Length);
