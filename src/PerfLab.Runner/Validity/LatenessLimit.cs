using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

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
