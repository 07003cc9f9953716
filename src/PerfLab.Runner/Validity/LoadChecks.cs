using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>Whether an arm got the load that the plan says.</summary>
internal static class LoadChecks
{
    // docs/measurement.md, "validity before statistics": achieved within 1 % of offered.
    private const double RateTolerance = 0.01;

    // Lateness p99 below 1 ms, or below 10 % of the measured p50 where responses are slow.
    private const double LatenessFloorSeconds = 0.001;
    private const double LatenessShareOfP50 = 0.10;

    /// <summary>Checks one arm.</summary>
    public static IEnumerable<Finding> Run(ArmRecord arm)
    {
        var offered = arm.Slices.Sum(slice => slice.OfferedCount);
        var started = arm.Slices.Sum(slice => slice.StartedCount);
        var dropped = arm.Slices.Sum(slice => slice.DroppedCount);
        if (offered == 0 || started < offered * (1 - RateTolerance))
        {
            yield return new Finding(
                FindingSeverity.Invalid,
                "rate-missed",
                arm.Arm,
                $"{started} of {offered} scheduled requests were started ({dropped} dropped because too many were in flight).",
                "Lower load.rate or load.capacity_share, or raise load.max_in_flight.");
        }
        else if (dropped > 0)
        {
            yield return new Finding(
                FindingSeverity.Invalid,
                "starts-dropped",
                arm.Arm,
                $"{dropped} of {offered} scheduled requests were dropped because too many were in flight.",
                "Lower load.rate or load.capacity_share, or raise load.max_in_flight.");
        }

        var lateness = Percentile(arm.StartLateness, 99);
        var allowed = Math.Max(LatenessFloorSeconds, LatenessShareOfP50 * (Percentile(arm.ResponseTime, 50) ?? 0));
        if (lateness > allowed)
        {
            yield return new Finding(
                FindingSeverity.Invalid,
                "starts-late",
                arm.Arm,
                $"1 % of the requests were started more than {lateness * 1000:0.###} ms late; {allowed * 1000:0.###} ms are allowed.",
                "Something else uses the lab's cores: end it, or give the lab a core of its own.");
        }
    }

    private static double? Percentile(LatencySummary? summary, double percentile) =>
        summary?.Spectrum.FirstOrDefault(point => Math.Abs(point.Percentile - percentile) < 1e-9)?.Seconds;
}
