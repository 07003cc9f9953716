namespace PerfLab.Load.Simulations;

/// <summary>One segment of load, named like NBomber's load simulations; segments follow each other. The set is closed.</summary>
public abstract record LoadSimulation
{
    private LoadSimulation()
    {
    }

    /// <summary>Open loop: requests start at equal distances.</summary>
    /// <param name="RatePerSecond">Starts per second, above 0.</param>
    /// <param name="During">Length, above 0.</param>
    public sealed record Inject(double RatePerSecond, TimeSpan During) : LoadSimulation;

    /// <summary>Open loop: requests start like independent users (Poisson arrivals).</summary>
    /// <param name="RatePerSecond">Mean starts per second, above 0.</param>
    /// <param name="During">Length, above 0.</param>
    public sealed record InjectRandom(double RatePerSecond, TimeSpan During) : LoadSimulation;

    /// <summary>Open loop: the rate changes linearly from that of the previous segment, or from 0, to this one.</summary>
    /// <param name="RatePerSecond">Starts per second at the end, 0 or more.</param>
    /// <param name="During">Length, above 0.</param>
    public sealed record RampingInject(double RatePerSecond, TimeSpan During) : LoadSimulation;

    /// <summary>Open loop: a number of starts at equal distances.</summary>
    /// <param name="RatePerSecond">Starts per second, above 0.</param>
    /// <param name="Iterations">How many, at least 1.</param>
    public sealed record IterationsForInject(double RatePerSecond, int Iterations) : LoadSimulation;

    /// <summary>Closed loop: a fixed number of users; each response starts the user's next request.</summary>
    /// <param name="Copies">Users, at least 1.</param>
    /// <param name="During">Length, above 0.</param>
    public sealed record KeepConstant(int Copies, TimeSpan During) : LoadSimulation;

    /// <summary>Closed loop: the number of users changes linearly from that of the previous segment, or from 0, to this one.</summary>
    /// <param name="Copies">Users at the end, 0 or more.</param>
    /// <param name="During">Length, above 0.</param>
    public sealed record RampingConstant(int Copies, TimeSpan During) : LoadSimulation;

    /// <summary>Closed loop: a fixed number of users until a number of iterations is reached.</summary>
    /// <param name="Copies">Users, at least 1.</param>
    /// <param name="Iterations">How many, at least 1.</param>
    public sealed record IterationsForConstant(int Copies, int Iterations) : LoadSimulation;

    /// <summary>Nothing starts. A ramp after it begins at 0.</summary>
    /// <param name="During">Length, above 0.</param>
    public sealed record Pause(TimeSpan During) : LoadSimulation;
}

/// <summary>The ranges of the numbers of load simulations.</summary>
internal static class LoadSimulationValidator
{
    // More starts than this are more than 2 GiB of schedule.
    private const double MostStarts = 250e6;

    // The offset in the segment, in the list of the phase, which doubles as it grows, and in the schedule.
    private const double BytesOfStart = 5 * sizeof(long);

    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static void Validate(LoadSimulation simulation)
    {
        var fault = simulation switch
        {
            LoadSimulation.Inject(var rate, var during) => OfRate(rate) ?? OfDuration(during) ?? OfStarts(rate * during.TotalSeconds),
            LoadSimulation.InjectRandom(var rate, var during) => OfRate(rate) ?? OfDuration(during) ?? OfStarts(rate * during.TotalSeconds),
            LoadSimulation.RampingInject(var rate, var during) =>
                (rate == 0 ? null : OfRate(rate)) ?? OfDuration(during) ?? OfStarts(rate * during.TotalSeconds),
            LoadSimulation.IterationsForInject(var rate, var iterations) => OfRate(rate) ?? OfCount(iterations, 1) ?? OfSpan(iterations / rate) ?? OfStarts(iterations),
            LoadSimulation.KeepConstant(var copies, var during) => OfCount(copies, 1) ?? OfDuration(during),
            LoadSimulation.RampingConstant(var copies, var during) => OfCount(copies, 0) ?? OfDuration(during),
            LoadSimulation.IterationsForConstant(var copies, var iterations) => OfCount(copies, 1) ?? OfCount(iterations, 1),
            LoadSimulation.Pause(var during) => OfDuration(during),
            _ => "is not known here",
        };
        if (fault is not null)
        {
            throw new ArgumentException($"{simulation} {fault} (load simulations). Correct the number.", nameof(simulation));
        }
    }

    private static string? OfRate(double rate) => double.IsFinite(rate) && rate > 0 ? null : "has a rate that is not a positive number";

    private static string? OfDuration(TimeSpan during) => during > TimeSpan.Zero ? OfSpan(during.TotalSeconds) : "has a duration that is not positive";

    private static string? OfSpan(double seconds) => seconds <= QuantitySyntax.Longest.TotalSeconds ? null : $"takes {seconds:0} s, longer than 1000h";

    private static string? OfCount(int count, int minimum) => count >= minimum ? null : $"has a count below {minimum}";

    /// <summary>Says what is wrong with a number of starts, all of which are in memory before the first.</summary>
    public static string? OfStarts(double starts) =>
        starts > MostStarts ? $"makes {starts:0} starts, more than {MostStarts:0}"
        : starts * BytesOfStart > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes ? $"makes {starts:0} starts, more than the memory of this machine holds"
        : null;
}
