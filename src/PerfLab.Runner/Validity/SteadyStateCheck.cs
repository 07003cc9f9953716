namespace PerfLab.Runner.Validity;

/// <summary>Decides whether a warm-up has settled: the last windows cost no less than those before them.</summary>
internal static class SteadyStateCheck
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

/// <summary>
/// Decides whether a process has done its compiling. The runtime compiles hot code up to three times, the second time with
/// counters in it that make a request two to three times as dear, so a window measured too early measures another program.
/// </summary>
internal static class CompilationCheck
{
    /// <summary>Windows that must be quiet, one after the other.</summary>
    public const int QuietWindows = 3;

    // Rarely called code is compiled again minutes later; that little neither ends nor shows in the cost.
    private const double QuietShare = 0.01;

    /// <summary>Looks at the methods compiled by the end of each window. Null while there are too few windows, or none is counted.</summary>
    /// <param name="compiled">Methods compiled since the process started, before the first window and after each.</param>
    public static bool? IsDone(IReadOnlyList<long> compiled)
    {
        if (compiled.Count < QuietWindows + 1)
        {
            return null;
        }

        for (var index = compiled.Count - QuietWindows; index < compiled.Count; index++)
        {
            if (compiled[index] - compiled[index - 1] > compiled[index] * QuietShare)
            {
                return false;
            }
        }

        return true;
    }
}
