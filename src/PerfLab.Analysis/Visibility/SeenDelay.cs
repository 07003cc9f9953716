namespace PerfLab.Analysis.Visibility;

/// <summary>A delay, over all launch sets.</summary>
/// <param name="Seconds">The median over launch sets; null where there was none.</param>
/// <param name="Interval">The interval over launch sets; null below 6 of them.</param>
public sealed record SeenDelay(double? Seconds, Interval? Interval);
