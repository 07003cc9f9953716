using PerfLab.Experiments.Generators;

namespace PerfLab.Experiments.Scenarios;

/// <summary>The load of a scenario: open loop at one rate, the same for every arm, and then at further levels.</summary>
public sealed record LoadDefinition
{
    /// <summary>Gets the rate in requests per second, or null when a pilot finds it (<c>rate: auto</c>).</summary>
    public required double? RatePerSecond { get; init; }

    /// <summary>Gets the share of the slowest arm's capacity that an automatic rate aims at; 0.1 to 0.8, default 0.5.</summary>
    public required double CapacityShare { get; init; }

    /// <summary>Gets the share of its processors' time that an automatic rate may take of the busiest arm; 0.5 to 0.95, default 0.8.</summary>
    public double BusyShare { get; init; } = 0.8;

    /// <summary>
    /// Gets the further loads at which every launch set measures the arms once more, as shares of the open-loop capacity, ascending;
    /// 0.05 to 0.95. Empty by default.
    /// </summary>
    public IReadOnlyList<double> Levels { get; init; } = [];

    /// <summary>Gets the connections of the closed loop in which every launch set measures the arms at its end; 1 to 1,000, null for none.</summary>
    public int? ClosedLoopConnections { get; init; }

    /// <summary>Gets how starts are spread over time.</summary>
    public required ArrivalProcess Arrivals { get; init; }

    /// <summary>Gets the bound on requests in flight to one arm; default 64.</summary>
    public required int MaxInFlight { get; init; }

    /// <summary>Gets the load tool that measures in place of PerfLab's own engine; null for the engine, which then also finds the rate and warms up.</summary>
    public GeneratorDefinition? Generator { get; init; }

    /// <summary>Gets a value indicating whether rounds and slice of the file are meant for this load: false where a tool was named on the command line in place of the engine.</summary>
    public bool KeepsDesign { get; init; } = true;

    /// <summary>Gets about how long a load tool takes beside each of its windows, in seconds; 0 for the engine.</summary>
    public double SecondsBesideWindow => Generator?.Contract.OverheadSeconds ?? 0;
}

/// <summary>How the starts of an open-loop load are spread over time.</summary>
public enum ArrivalProcess
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Equal distances.</summary>
    Constant = 1,

    /// <summary>Exponential distances: independent users.</summary>
    Poisson = 2,
}
