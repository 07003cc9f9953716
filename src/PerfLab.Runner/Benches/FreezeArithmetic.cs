namespace PerfLab.Runner.Benches;

/// <summary>What users wait for a server that answers after a fixed delay and freezes once, under a constant rate.</summary>
public static class FreezeArithmetic
{
    /// <summary>
    /// Gets a percentile of the response time. The share of requests that arrive during the freeze, f, waits for its end:
    /// evenly from nothing to all of it. So the share q of all waits at most (q - (1 - f)) / f of the freeze.
    /// </summary>
    /// <param name="percentile">0 to 100.</param>
    /// <param name="lengthSeconds">Length of the load.</param>
    /// <param name="freezeSeconds">Length of the freeze, within the load.</param>
    /// <param name="delaySeconds">Delay of every answer.</param>
    public static double ResponseSeconds(double percentile, double lengthSeconds, double freezeSeconds, double delaySeconds)
    {
        var frozenShare = freezeSeconds / lengthSeconds;
        var waited = ((percentile / 100) - (1 - frozenShare)) / frozenShare;
        return (Math.Max(0, waited) * freezeSeconds) + delaySeconds;
    }
}
