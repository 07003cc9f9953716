namespace PerfLab.Statistics.Descriptions;

/// <summary>A value outside Tukey's fences. It is named, never removed.</summary>
/// <param name="Index">Its place in the values given, from 0.</param>
/// <param name="Value">The value.</param>
/// <param name="IsFar">Whether it lies beyond three instead of one and a half interquartile ranges.</param>
public sealed record Outlier(int Index, double Value, bool IsFar);
