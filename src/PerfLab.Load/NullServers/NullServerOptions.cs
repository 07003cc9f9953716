namespace PerfLab.Load.NullServers;

/// <summary>How a null server answers.</summary>
public sealed record NullServerOptions
{
    /// <summary>Gets how long it keeps every answer back; zero for not at all.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Gets whether it works on one request at a time, each for <see cref="Delay"/>: 2 ms make a capacity of exactly 500 a second.</summary>
    public bool IsOneAtATime { get; init; }

    /// <summary>Gets when after the first request it freezes, once; null for never.</summary>
    public TimeSpan? FreezeAfter { get; init; }

    /// <summary>Gets how long it is frozen.</summary>
    public TimeSpan FreezeDuration { get; init; }
}
