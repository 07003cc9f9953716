namespace PerfLab.Load;

/// <summary>A part of a load that one call of a driver carries out. The set is closed.</summary>
public abstract record LoadPhase
{
    private LoadPhase()
    {
    }

    /// <summary>An open loop; stretches and pauses between them are one schedule, so nothing is drained in between.</summary>
    /// <param name="Schedule">All its starts.</param>
    public sealed record Open(ArrivalSchedule Schedule) : LoadPhase;

    /// <summary>A closed loop.</summary>
    /// <param name="Load">Its users over time.</param>
    public sealed record Closed(ClosedLoad Load) : LoadPhase;

    /// <summary>Nothing.</summary>
    /// <param name="During">How long.</param>
    public sealed record Pause(TimeSpan During) : LoadPhase;
}
