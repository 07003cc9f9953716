namespace PerfLab.Load.Simulations;

/// <summary>The ranges of the numbers of load simulations.</summary>
internal static class SimulationRules
{
    // More starts than this are more than 2 GiB of schedule.
    private const double MostStarts = 250e6;

    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static void Check(LoadSimulation simulation)
    {
        var fault = simulation switch
        {
            LoadSimulation.Inject(var rate, var during) => OfRate(rate) ?? OfDuration(during) ?? OfStarts(rate * during.TotalSeconds),
            LoadSimulation.InjectRandom(var rate, var during) => OfRate(rate) ?? OfDuration(during) ?? OfStarts(rate * during.TotalSeconds),
            LoadSimulation.RampingInject(var rate, var during) =>
                (rate == 0 ? null : OfRate(rate)) ?? OfDuration(during) ?? OfStarts(rate * during.TotalSeconds),
            LoadSimulation.IterationsForInject(var rate, var iterations) => OfRate(rate) ?? OfCount(iterations, 1),
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

    private static string? OfDuration(TimeSpan during) => during > TimeSpan.Zero ? null : "has a duration that is not positive";

    private static string? OfCount(int count, int minimum) => count >= minimum ? null : $"has a count below {minimum}";

    private static string? OfStarts(double starts) => starts <= MostStarts ? null : $"makes {starts:0} starts, more than {MostStarts:0}";
}
