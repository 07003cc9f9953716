using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.LoadTests;

/// <summary>How far into the tail a number of values can tell.</summary>
internal static class SpectrumReach
{
    /// <summary>Gets the largest percentile beyond which at least one value lies; what is above it is the maximum.</summary>
    public static double Of(LatencySummary summary) => 100 * (1 - (1.0 / summary.Count)) + 1e-9;
}
