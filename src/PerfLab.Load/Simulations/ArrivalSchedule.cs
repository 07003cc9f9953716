namespace PerfLab.Load.Simulations;

/// <summary>When every request of an open-loop load starts, made up front; it never depends on how the target answers.</summary>
public sealed class ArrivalSchedule
{
    private readonly long[] _offsetsNanoseconds;

    internal ArrivalSchedule(long[] offsetsNanoseconds, TimeSpan duration)
    {
        _offsetsNanoseconds = offsetsNanoseconds;
        Duration = duration;
    }

    /// <summary>Gets the number of starts.</summary>
    public int Count => _offsetsNanoseconds.Length;

    /// <summary>Gets the length of the schedule; every start lies before its end.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Gets the starts in nanoseconds from the beginning, ascending.</summary>
    public ReadOnlySpan<long> OffsetsNanoseconds => _offsetsNanoseconds;

    /// <summary>Starts at equal distances, the first at 0; <c>round(rate * duration)</c> of them.</summary>
    /// <param name="ratePerSecond">Requests per second, above 0.</param>
    /// <param name="duration">Length, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the duration is not a positive, finite number.</exception>
    public static ArrivalSchedule Constant(double ratePerSecond, TimeSpan duration)
    {
        Check(ratePerSecond, duration);
        return new ArrivalSchedule(ArrivalTimes.Constant(ratePerSecond, duration.TotalSeconds), duration);
    }

    /// <summary>
    /// One of equal parts of a long schedule with equal distances: parts that follow each other have together the starts that are due,
    /// also where one has a start and a half in the mean, or less than one.
    /// </summary>
    /// <param name="ratePerSecond">Requests per second, above 0.</param>
    /// <param name="duration">Length of a part, above 0.</param>
    /// <param name="part">Number of the part, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the duration is not a positive, finite number.</exception>
    public static ArrivalSchedule ConstantPart(double ratePerSecond, TimeSpan duration, int part)
    {
        Check(ratePerSecond, duration);
        return new ArrivalSchedule(ArrivalTimes.ConstantPart(ratePerSecond, duration.TotalSeconds, part), duration);
    }

    /// <summary>Starts of independent users: a Poisson process, so the number of starts varies around <c>rate * duration</c>.</summary>
    /// <param name="ratePerSecond">Mean requests per second, above 0.</param>
    /// <param name="duration">Length, above 0.</param>
    /// <param name="seed">Equal seeds give equal schedules, on every machine and version.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the duration is not a positive, finite number.</exception>
    public static ArrivalSchedule Poisson(double ratePerSecond, TimeSpan duration, ulong seed)
    {
        Check(ratePerSecond, duration);
        return new ArrivalSchedule(ArrivalTimes.Poisson(ratePerSecond, duration.TotalSeconds, seed), duration);
    }

    private static void Check(double ratePerSecond, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        if (!double.IsFinite(ratePerSecond) || ratePerSecond <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(ratePerSecond), ratePerSecond, "A rate in requests per second must be a positive, finite number.");
        }
    }
}

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

    /// <summary>Equal distances through parts of equal length: the starts from <c>part * duration</c> to the next part's beginning.</summary>
    public static long[] ConstantPart(double ratePerSecond, double durationSeconds, int part)
    {
        // In decimal digits, because 1200 * 0.05 is 60 and leaves nothing over.
        var startsPerPart = (decimal)ratePerSecond * (decimal)durationSeconds;
        var (first, next) = (Math.Ceiling(part * startsPerPart), Math.Ceiling((part + 1) * startsPerPart));
        var lead = (double)(first - (part * startsPerPart));
        var offsets = new long[(int)(next - first)];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = (long)((lead + i) / ratePerSecond * NanosecondsPerSecond);
        }

        return offsets;
    }

    /// <summary>A Poisson process: exponential distances, as many starts as fall into the duration.</summary>
    public static long[] Poisson(double ratePerSecond, double durationSeconds, ulong seed)
    {
        var random = new RandomSequence(seed);
        var expected = ratePerSecond * durationSeconds;
        var offsets = new List<long>((int)(expected + (4 * Math.Sqrt(expected)) + 1));
        for (var seconds = random.NextExponential() / ratePerSecond; seconds < durationSeconds; seconds += random.NextExponential() / ratePerSecond)
        {
            offsets.Add((long)(seconds * NanosecondsPerSecond));
        }

        return [.. offsets];
    }

    /// <summary>A rate that changes linearly: the k-th start is when k requests are due, <c>r0 t + (r1 - r0) t^2 / 2T = k</c>.</summary>
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
