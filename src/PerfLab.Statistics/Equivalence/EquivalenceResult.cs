namespace PerfLab.Statistics.Equivalence;

/// <summary>The outcome of two one-sided tests.</summary>
/// <param name="PAboveLower">P-value against the null hypothesis that the centre is at or below the lower margin.</param>
/// <param name="PBelowUpper">P-value against the null hypothesis that the centre is at or above the upper margin.</param>
public sealed record EquivalenceResult(double PAboveLower, double PBelowUpper)
{
    /// <summary>Gets the larger of the two: equivalent at level alpha when it is at or below alpha.</summary>
    public double PValue => Math.Max(PAboveLower, PBelowUpper);
}
