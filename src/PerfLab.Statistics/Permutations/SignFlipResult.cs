namespace PerfLab.Statistics.Permutations;

/// <summary>The outcome of a sign-flip test.</summary>
/// <param name="Mean">Mean of the values less the null value: the statistic.</param>
/// <param name="PValue">Two-sided p-value.</param>
/// <param name="IsExact">Whether all sign patterns were visited; otherwise they were drawn.</param>
/// <param name="PatternCount">Number of patterns visited or drawn.</param>
public sealed record SignFlipResult(double Mean, double PValue, bool IsExact, long PatternCount);
