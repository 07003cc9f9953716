using PerfLab.Load.Arrivals;

namespace PerfLab.Load;

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
