namespace PerfLab.Experiments.Results.LoadTests;

/// <summary>What a load test was told to do.</summary>
public sealed record LoadTestSetting
{
    /// <summary>Gets the address, with placeholders as they were given.</summary>
    public required string Url { get; init; }

    /// <summary>Gets the HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the version of HTTP, <c>1.1</c> or <c>2.0</c>.</summary>
    public required string HttpVersion { get; init; }

    /// <summary>Gets the driver, <c>sockets</c> or <c>httpclient</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>Gets the load in the words of NBomber: <c>inject(2000, 30s)</c>.</summary>
    public required string Simulations { get; init; }

    /// <summary>Gets the load before the measured one; 0 for none.</summary>
    public required double WarmUpSeconds { get; init; }

    /// <summary>Gets the bound on requests in flight of an open loop.</summary>
    public required int MaxInFlight { get; init; }

    /// <summary>Gets the seed of arrivals, of the order of requests and of feeds.</summary>
    public required ulong Seed { get; init; }
}
