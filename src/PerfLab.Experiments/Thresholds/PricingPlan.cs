namespace PerfLab.Experiments.Thresholds;

/// <summary>What a back end for traces charges. <c>docs/money.md</c> describes the files that hold one.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="AsOf">The day on which its prices were seen.</param>
/// <param name="Source">The page that states them.</param>
/// <param name="Currency">The currency's three letters (ISO 4217).</param>
/// <param name="Note">What the prices leave out; null where there is nothing to say.</param>
/// <param name="Prices">What is charged, added up.</param>
public sealed record PricingPlan(string Name, DateOnly AsOf, string Source, string Currency, string? Note, IReadOnlyList<Price> Prices)
{
    /// <summary>Says what traffic lacks to be priced by this plan; null where it lacks nothing.</summary>
    /// <param name="traffic">The traffic.</param>
    public (string Problem, string Advice)? FaultWith(TrafficDefinition traffic) =>
        traffic.Hosts is null && Prices.Any(price => price.Unit == PriceUnit.Host)
            ? ($"{Name} is priced by the host, and the traffic does not say how many there are.", "Add the number of hosts to the traffic, for example hosts: 4.")
        : traffic.RetentionDays is null && Prices.Any(price => price.Unit == PriceUnit.StoredGigabyte)
            ? ($"{Name} charges for what is stored, and the traffic does not say for how long.", "Add the retention to the traffic, for example retention: 30d.")
            : null;
}

/// <summary>One price of a plan.</summary>
/// <param name="Unit">What is paid for.</param>
/// <param name="Amount">Money for each unit in a month.</param>
/// <param name="Free">Units of a month that cost nothing.</param>
/// <param name="IncludedGigabytes">Gigabytes sent that each host includes, beyond which more than this price is due; null where there is no such limit.</param>
public sealed record Price(PriceUnit Unit, double Amount, double Free, double? IncludedGigabytes);

/// <summary>What a price is for.</summary>
public enum PriceUnit
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>10^9 bytes sent to the back end.</summary>
    Gigabyte = 1,

    /// <summary>10^9 bytes stored for a month.</summary>
    StoredGigabyte = 2,

    /// <summary>10^6 spans sent to the back end.</summary>
    MillionSpans = 3,

    /// <summary>10^6 traces of which something is sent to the back end.</summary>
    MillionTraces = 4,

    /// <summary>A host that sends spans.</summary>
    Host = 5,

    /// <summary>A core of the service for an hour, as far as tracing takes more than the baseline.</summary>
    CoreHour = 6,
}

/// <summary>The traffic of a service in production.</summary>
/// <param name="RequestsPerSecond">Requests per second, averaged over a month.</param>
/// <param name="Hosts">The hosts that it runs on; null where not stated.</param>
/// <param name="RetentionDays">The days for which traces are stored; null where not stated.</param>
public sealed record TrafficDefinition(double RequestsPerSecond, int? Hosts, double? RetentionDays);
