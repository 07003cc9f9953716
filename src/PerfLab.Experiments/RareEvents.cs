namespace PerfLab.Experiments;

/// <summary>
/// How often something may happen by chance where it may happen to a given share of requests: of few requests a single one is
/// more than any small share, and says nothing.
/// </summary>
public static class RareEvents
{
    // One decision in a hundred may go wrong for a run that keeps to the share exactly.
    private const double ErrorProbability = 0.01;

    /// <summary>Gets the largest number of events that has a probability of at least 1 % (binomial distribution, independent requests).</summary>
    /// <param name="share">The share that is allowed, 0 to 1.</param>
    /// <param name="requests">Requests, at least 0.</param>
    public static long MostOf(double share, long requests)
    {
        if (share <= 0 || share >= 1)
        {
            return share <= 0 ? 0 : requests;
        }

        // From above the mean on, P(X = k + 1) / P(X = k) = (n - k) p / ((k + 1) (1 - p)); in logarithms, because (1 - p)^n underflows.
        var logProbability = requests * Math.Log(1 - share);
        var remaining = 1.0;
        for (var count = 0L; count < requests; count++)
        {
            remaining -= Math.Exp(logProbability);
            if (remaining < ErrorProbability)
            {
                return count;
            }

            logProbability += Math.Log((requests - count) * share / ((count + 1) * (1 - share)));
        }

        return requests;
    }
}
