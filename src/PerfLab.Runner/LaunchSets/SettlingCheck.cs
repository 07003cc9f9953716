namespace PerfLab.Runner.LaunchSets;

/// <summary>Decides whether a warm-up has settled: the last windows cost no less than those before them.</summary>
internal static class SettlingCheck
{
    /// <summary>Windows compared on each side.</summary>
    public const int WindowsPerSide = 3;

    // Single windows of identical work scatter by about 3 %; code that is still being compiled makes them fall by far more.
    private const double Tolerance = 0.10;

    /// <summary>
    /// Compares the median of the last windows with the median of those before them. Null while there are too few windows to
    /// say, or none because CPU time is not measured.
    /// </summary>
    public static bool? HasSettled(IReadOnlyList<double> costs)
    {
        if (costs.Count < 2 * WindowsPerSide)
        {
            return null;
        }

        var last = Median(costs.Skip(costs.Count - WindowsPerSide));
        var before = Median(costs.Skip(costs.Count - (2 * WindowsPerSide)).Take(WindowsPerSide));
        return last >= before * (1 - Tolerance) && last <= before * (1 + Tolerance);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(WindowsPerSide / 2);
}
