using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>Whether an arm got the load that the plan says.</summary>
internal static class LoadChecks
{
    /// <summary>The code of fewer starts than offered.</summary>
    public const string RateMissed = "rate-missed";

    /// <summary>The code of starts that found no connection free.</summary>
    public const string StartsDropped = "starts-dropped";

    // docs/measurement.md, "validity before statistics": achieved within 1 % of offered.
    private const double RateTolerance = 0.01;

    /// <summary>Checks one arm.</summary>
    public static IEnumerable<Finding> Run(ArmRecord arm)
    {
        // Where every round is voided, RoundChecks says why; how the load was kept to is told by no slice.
        if (arm.Slices.Count > 0 && !arm.CountedSlices.Any())
        {
            yield break;
        }

        var offered = arm.CountedSlices.Sum(slice => slice.OfferedCount);
        var started = arm.CountedSlices.Sum(slice => slice.StartedCount);
        var dropped = arm.CountedSlices.Sum(slice => slice.DroppedCount);
        if (offered == 0 || started < offered * (1 - RateTolerance))
        {
            yield return new Finding(
                FindingSeverity.Invalid,
                RateMissed,
                arm.Arm)
            {
                Details = new StartsMissed(started, offered, dropped),
            };
        }
        else if (dropped > 0)
        {
            yield return new Finding(
                FindingSeverity.Invalid,
                StartsDropped,
                arm.Arm)
            {
                Details = new StartsMissed(started, offered, dropped),
            };
        }

        if (LatenessLimit.Excess(arm.StartLateness, arm.ResponseTime) is { } excess)
        {
            yield return new Finding(
                FindingSeverity.Invalid,
                "starts-late",
                arm.Arm)
            {
                Details = excess,
            };
        }
    }
}

/// <summary>Whether a load tool kept the rate that it was told.</summary>
internal static class ToolRateChecks
{
    // A tool that spreads a rate over connections, or starts them one by one, misses it by a few percent in a window of seconds.
    private const double Tolerance = 0.05;

    /// <summary>Checks one arm.</summary>
    public static IEnumerable<Finding> Run(ArmRecord arm)
    {
        SliceRecord[] slices = [.. arm.CountedSlices.Where(slice => slice.Generator?.RequestedPerSecond is not null)];
        if (slices.Length == 0)
        {
            yield break;
        }

        var sent = slices.Sum(slice => slice.StartedCount) / slices.Sum(slice => slice.ScheduledSeconds);
        var requested = slices.Average(slice => slice.Generator!.RequestedPerSecond!.Value);
        if (Math.Abs(sent - requested) > Tolerance * requested)
        {
            yield return new Finding(FindingSeverity.Warning, "generator-rate", arm.Arm) { Details = new GeneratorRateMissed(sent, requested) };
        }
    }
}

/// <summary>How late requests may start: all but 1 % within 1 ms, or within a tenth of the median response time where responses are slow.</summary>
internal static class LatenessLimit
{
    private const double FloorSeconds = 0.001;
    private const double ShareOfMedian = 0.10;
    private const double LateShare = 0.01;

    /// <summary>Tells whether more requests were late than 1 % and the chance of small numbers explain; null when not, or not measured.</summary>
    public static LateStarts? Excess(LatencySummary? lateness, LatencySummary? responseTime)
    {
        if (lateness is null)
        {
            return null;
        }

        var allowedSeconds = Math.Max(FloorSeconds, ShareOfMedian * (MedianSeconds(responseTime) ?? 0));
        var firstRank = lateness.Count - RareEvents.MostOf(LateShare, lateness.Count);
        return lateness.Spectrum.FirstOrDefault(point => RankOf(point, lateness.Count) >= firstRank) is { } point && point.Seconds > allowedSeconds
            ? new LateStarts(lateness.Count - RankOf(point, lateness.Count) + 1, lateness.Count, point.Seconds, allowedSeconds)
            : null;
    }

    // Nearest rank, as the spectrum was read: the point is the value of that rank in ascending order.
    private static long RankOf(PercentilePoint point, long count) =>
        Math.Max(1, (long)Math.Ceiling((point.Percentile / 100 * count) - 1e-6));

    private static double? MedianSeconds(LatencySummary? summary) =>
        summary?.Spectrum.FirstOrDefault(point => Math.Abs(point.Percentile - 50) < 1e-9)?.Seconds;
}
