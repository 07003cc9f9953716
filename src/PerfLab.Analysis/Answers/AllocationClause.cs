using System.Globalization;
using PerfLab.Analysis.Formatting;

namespace PerfLab.Analysis.Answers;

/// <summary>What the arm allocates more or less than the baseline, in bytes per request.</summary>
internal static class AllocationClause
{
    internal static string Of(MetricComparison allocation)
    {
        if (allocation is not { Ratio: { } ratio, Difference: { } difference })
        {
            return $"allocation not measured ({allocation.NotMeasuredBecause})";
        }

        var limits = PercentText.Limits(allocation.PracticalThreshold);
        return allocation.Verdict switch
        {
            Verdict.Same => $"no allocation beyond {limits}",
            _ when difference.Low > 0 => $"{Bytes(difference.Estimate)} more bytes allocated",
            _ when difference.High < 0 => $"{Bytes(-difference.Estimate)} fewer bytes allocated",
            _ => $"allocation: cannot tell, {PercentText.Change(ratio)}",
        };
    }

    private static string Bytes(double value) => value.ToString(value >= 10 ? "#,##0" : "0.0", CultureInfo.InvariantCulture);
}
