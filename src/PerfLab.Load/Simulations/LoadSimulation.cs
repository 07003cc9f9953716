namespace PerfLab.Load.Simulations;

/// <summary>One stretch of load in NBomber's words; stretches follow each other. The set is closed.</summary>
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

    /// <summary>Open loop: the rate goes in a straight line from that of the stretch before, or from 0, to this one.</summary>
    /// <param name="RatePerSecond">Starts per second at the end, 0 or more.</param>
    /// <param name="During">Length, above 0.</param>
    public sealed record RampingInject(double RatePerSecond, TimeSpan During) : LoadSimulation;

    /// <summary>Open loop: a number of starts at equal distances.</summary>
    /// <param name="RatePerSecond">Starts per second, above 0.</param>
    /// <param name="Iterations">How many, at least 1.</param>
    public sealed record IterationsForInject(double RatePerSecond, int Iterations) : LoadSimulation;

    /// <summary>Closed loop: so many users, each asks again when it was answered.</summary>
    /// <param name="Copies">Users, at least 1.</param>
    /// <param name="During">Length, above 0.</param>
    public sealed record KeepConstant(int Copies, TimeSpan During) : LoadSimulation;

    /// <summary>Closed loop: the number of users goes in a straight line from that of the stretch before, or from 0, to this one.</summary>
    /// <param name="Copies">Users at the end, 0 or more.</param>
    /// <param name="During">Length, above 0.</param>
    public sealed record RampingConstant(int Copies, TimeSpan During) : LoadSimulation;

    /// <summary>Closed loop: so many users until a number of iterations was made.</summary>
    /// <param name="Copies">Users, at least 1.</param>
    /// <param name="Iterations">How many, at least 1.</param>
    public sealed record IterationsForConstant(int Copies, int Iterations) : LoadSimulation;

    /// <summary>Nothing starts. A ramp after it begins at 0.</summary>
    /// <param name="During">Length, above 0.</param>
    public sealed record Pause(TimeSpan During) : LoadSimulation;
}
