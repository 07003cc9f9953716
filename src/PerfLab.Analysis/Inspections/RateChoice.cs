using System.Globalization;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Inspections;

/// <summary>The rate of a new scenario.</summary>
/// <param name="RatePerSecond">Requests per second to each arm.</param>
/// <param name="CapacityPerSecond">What the slowest arm can do in a closed loop.</param>
/// <param name="SlowestArm">Its name.</param>
/// <param name="WantedPerSecond">The rate in production; null where the user did not say.</param>
public sealed record RateChoice(double RatePerSecond, double CapacityPerSecond, string SlowestArm, double? WantedPerSecond)
{
    // Above half of what a closed loop finds, waiting for other requests is a large part of a response time, and one neighbor voids a run.
    private const double MostShare = 0.5;

    // More requests make no interval narrower, because launch sets are the replicates; generator and collector share the machine.
    private const double MostPerSecond = 1000;

    // A rate of a scenario file is at least 1/s.
    private const double LeastPerSecond = 1;

    /// <summary>Gets a value indicating whether the wanted rate was too high.</summary>
    public bool IsLowered => WantedPerSecond > RatePerSecond;

    /// <summary>Chooses: the production rate where half of the capacity bears it, else what the pilot found, up to 1,000/s.</summary>
    /// <param name="pilot">What the service can do.</param>
    /// <param name="wantedPerSecond">The rate in production; null where the user did not say.</param>
    public static RateChoice Of(PilotResult pilot, double? wantedPerSecond)
    {
        ArgumentNullException.ThrowIfNull(pilot);
        var capacity = pilot.CapacityPerSecond[pilot.SlowestArm];
        var found = Math.Clamp(PlanBuilder.RateFrom(pilot), LeastPerSecond, MostPerSecond);
        var rate = wantedPerSecond is { } wanted && wanted <= MostShare * capacity ? wanted : TwoDigits(found);
        return new RateChoice(rate, capacity, pilot.SlowestArm, wantedPerSecond);
    }

    private static double TwoDigits(double rate) => double.Parse(rate.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
