namespace PerfLab.Statistics.SignedRanks;

/// <summary>The outcome of a signed-rank test.</summary>
/// <param name="Statistic">W+: the sum of the midranks of the values above the null value.</param>
/// <param name="PValue">Exact probability, under the null hypothesis, of a result at least as extreme.</param>
/// <param name="Count">Number of values, zeros included.</param>
/// <param name="ZeroCount">Number of values equal to the null value; they were ranked and then left out (Pratt).</param>
public sealed record SignedRankResult(double Statistic, double PValue, int Count, int ZeroCount);
