using PerfLab.Load.Randomness;

namespace PerfLab.Load.Arrivals;

/// <summary>Computes when requests start; pure functions from rates to offsets.</summary>
internal static class ArrivalTimes
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Equal distances: <c>round(rate * duration)</c> starts, the first at 0.</summary>
    public static long[] Constant(double ratePerSecond, double durationSeconds)
    {
        var offsets = new long[checked((int)Math.Round(ratePerSecond * durationSeconds))];
        for (var i = 0; i < offsets.Length; i++)
        {
            // From the index, not by adding gaps: rounding does not pile up over millions of starts.
            offsets[i] = (long)(i / ratePerSecond * NanosecondsPerSecond);
        }

        return offsets;
    }

    /// <summary>A Poisson process: exponential distances, as many starts as fall into the duration.</summary>
    public static long[] Poisson(double ratePerSecond, double durationSeconds, ulong seed)
    {
        var random = new SplitMix64(seed);
        var expected = ratePerSecond * durationSeconds;
        var offsets = new List<long>((int)(expected + (4 * Math.Sqrt(expected)) + 1));
        for (var seconds = random.NextExponential() / ratePerSecond; seconds < durationSeconds; seconds += random.NextExponential() / ratePerSecond)
        {
            offsets.Add((long)(seconds * NanosecondsPerSecond));
        }

        return [.. offsets];
    }

    /// <summary>A rate that goes in a straight line: the k-th start is when k requests are due, <c>r0 t + (r1 - r0) t^2 / 2T = k</c>.</summary>
    public static long[] Ramp(double fromRatePerSecond, double toRatePerSecond, double durationSeconds)
    {
        var acceleration = (toRatePerSecond - fromRatePerSecond) / durationSeconds;
        var offsets = new long[checked((int)Math.Round((fromRatePerSecond + toRatePerSecond) / 2 * durationSeconds))];
        for (var k = 1; k < offsets.Length; k++)
        {
            // The smaller root, in the form that does not subtract numbers of the same size. Rounding must not make the
            // last root of a falling ramp complex.
            var root = Math.Sqrt(Math.Max(0, (fromRatePerSecond * fromRatePerSecond) + (2 * acceleration * k)));
            var seconds = Math.Min(2 * k / (fromRatePerSecond + root), durationSeconds);
            offsets[k] = (long)(seconds * NanosecondsPerSecond);
        }

        return offsets;
    }
}
