namespace PerfLab.Collector.TailSampling;

/// <summary>Lets through up to a rate: a bucket of one second's tokens, full at first.</summary>
/// <param name="tokensPerSecond">The rate.</param>
internal sealed class TokenBucket(double tokensPerSecond)
{
    // A rate below one a second must be able to hold the one token that it hands out.
    private readonly double capacity = Math.Max(1, tokensPerSecond);
    private double tokens = Math.Max(1, tokensPerSecond);
    private double filledAtSeconds;

    /// <summary>Takes a token if there is one.</summary>
    /// <param name="nowSeconds">The time, by any clock that does not run backwards.</param>
    public bool TryTake(double nowSeconds)
    {
        tokens = Math.Min(capacity, tokens + (Math.Max(0, nowSeconds - filledAtSeconds) * tokensPerSecond));
        filledAtSeconds = nowSeconds;
        if (tokens < 1)
        {
            return false;
        }

        tokens--;
        return true;
    }
}
