using MathNet.Numerics.Distributions;

namespace PerfLab.Statistics;

/// <summary>
/// The exact interval for the probability behind a count of successes (C. J. Clopper and E. S. Pearson, "The use of confidence or
/// fiducial limits illustrated in the case of the binomial", Biometrika 26 (1934) 404-413), by quantiles of the beta
/// distribution. It assumes independent trials of one probability, and covers at least as often as asked.
/// </summary>
public static class BinomialInterval
{
    /// <summary>Bounds the probability.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="level">Confidence level; 0.95 by default.</param>
    /// <returns>Lower and upper bound, 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, there are more successes than trials or no trials, or the level does not lie between 0 and 1.</exception>
    public static (double Low, double High) Of(int successes, int trials, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        Guard.Probability(level, nameof(level));
        var tail = (1 - level) / 2;
        return (
            successes == 0 ? 0 : Beta.InvCDF(successes, trials - successes + 1, tail),
            successes == trials ? 1 : Beta.InvCDF(successes + 1, trials - successes, 1 - tail));
    }
}
