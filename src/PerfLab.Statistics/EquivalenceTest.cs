namespace PerfLab.Statistics;

/// <summary>
/// Two one-sided signed-rank tests (Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15, 657-680, with
/// the signed-rank test in the place of Student's): the centre is shown to lie between two margins when both "too low" and
/// "too high" are rejected. At alpha = 0.025 each, without ties, this is the same as the 95 % signed-rank interval lying
/// inside the margins.
/// </summary>
public static class EquivalenceTest
{
    /// <summary>Tests whether the centre lies between the margins.</summary>
    /// <param name="values">Up to 1,000 finite values, one per independent replicate.</param>
    /// <param name="lower">Lower margin.</param>
    /// <param name="upper">Upper margin, above the lower.</param>
    /// <exception cref="ArgumentException">The margins are not in order, a value is not finite, or there are too many.</exception>
    public static EquivalenceResult Test(IReadOnlyList<double> values, double lower, double upper)
    {
        if (!(lower < upper))
        {
            throw new ArgumentException("The lower margin is not below the upper one. Give the smaller first.", nameof(lower));
        }

        return new EquivalenceResult(
            SignedRankTest.Test(values, lower, Alternative.Greater).PValue,
            SignedRankTest.Test(values, upper, Alternative.Less).PValue);
    }
}

/// <summary>The outcome of two one-sided tests.</summary>
/// <param name="PAboveLower">P-value against the null hypothesis that the centre is at or below the lower margin.</param>
/// <param name="PBelowUpper">P-value against the null hypothesis that the centre is at or above the upper margin.</param>
public sealed record EquivalenceResult(double PAboveLower, double PBelowUpper)
{
    /// <summary>Gets the larger of the two: equivalent at level alpha when it is at or below alpha.</summary>
    public double PValue => Math.Max(PAboveLower, PBelowUpper);
}
