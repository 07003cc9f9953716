using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Feeds;
using PerfLab.Load.Simulations;

namespace PerfLab.Load.LoadTests;

/// <summary>One load on one address, completely described.</summary>
public sealed record LoadTest
{
    /// <summary>Gets where the requests go.</summary>
    public required LoadTestAddress Address { get; init; }

    /// <summary>Gets what is asked for.</summary>
    public required RequestDefinition Request { get; init; }

    /// <summary>Gets what every answer must fulfil beyond its status; null for nothing.</summary>
    public required ResponseCheck? Check { get; init; }

    /// <summary>Gets the feeds that fill placeholders; with none, double braces are sent as they are.</summary>
    public required IReadOnlyList<DataFeed> Feeds { get; init; }

    /// <summary>Gets the load, in order.</summary>
    public required IReadOnlyList<LoadSimulation> Simulations { get; init; }

    /// <summary>Gets how long the first kind of load is made before the measuring; zero for not at all.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Gets the seed of arrivals, of the order of requests and of feeds.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets how connections and responses are treated. Its receiver of progress is not used.</summary>
    public required DriverOptions Options { get; init; }

    /// <summary>Gets the processors of the generating thread; null leaves it anywhere.</summary>
    public required IReadOnlyList<int>? Cores { get; init; }
}
