namespace PerfLab.Analysis.Comparisons;

/// <summary>The one confidence level of a run's intervals.</summary>
internal static class RunConfidence
{
    internal const double Level = 1 - VerdictRule.Alpha;
}
