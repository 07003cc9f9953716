using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>Whether an arm got the load that the plan says.</summary>
internal static class LoadChecks
{
    // docs/measurement.md, "validity before statistics": achieved within 1 % of offered.
    private const double RateTolerance = 0.01;

    /// <summary>Checks one arm.</summary>
    public static IEnumerable<Finding> Run(ArmRecord arm)
    {
        var offered = arm.CountedSlices.Sum(slice => slice.OfferedCount);
        var started = arm.CountedSlices.Sum(slice => slice.StartedCount);
        var dropped = arm.CountedSlices.Sum(slice => slice.DroppedCount);
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

        if (LatenessLimit.Excess(arm.StartLateness, arm.ResponseTime) is var (lateness, allowed))
        {
            yield return new Finding(
                FindingSeverity.Invalid,
                "starts-late",
                arm.Arm,
                $"1 % of the requests were started more than {lateness * 1000:0.###} ms late; {allowed * 1000:0.###} ms are allowed.",
                "Something else uses the lab's cores: end it, or give the lab a core of its own.");
        }
    }
}

/// <summary>How late 1 % of the requests may start: 1 ms, or a tenth of the median response time where responses are slow.</summary>
internal static class LatenessLimit
{
    private const double FloorSeconds = 0.001;
    private const double ShareOfMedian = 0.10;

    /// <summary>Gets the lateness of the latest 1 % and what is allowed, when it is more; null when it is not, or not measured.</summary>
    public static (double LatenessSeconds, double AllowedSeconds)? Excess(LatencySummary? lateness, LatencySummary? responseTime)
    {
        var allowed = Math.Max(FloorSeconds, ShareOfMedian * (Percentile(responseTime, 50) ?? 0));
        return Percentile(lateness, 99) is { } seconds && seconds > allowed ? (seconds, allowed) : null;
    }

    private static double? Percentile(LatencySummary? summary, double percentile) =>
        summary?.Spectrum.FirstOrDefault(point => Math.Abs(point.Percentile - percentile) < 1e-9)?.Seconds;
}
