namespace PerfLab.Runner.Validity;

/// <summary>Decides whether a warm-up has settled: the last windows cost no less than those before them.</summary>
internal static class SteadyStateCheck
{
    // Four windows that all lie below the four before them are one order in 70: rare by chance, whatever single windows scatter by.
    private const int WindowsPerSide = 4;

    // A smaller fall is not waited for: the arms are measured side by side, and all of them go on falling.
    private const double Tolerance = 0.10;

    // All arms warm up at once, and in their mean single windows scatter less: half the fall shows there.
    private const double TogetherTolerance = 0.05;

    /// <summary>
    /// Asks whether each of the last windows cost less than each of those before them, and on average by more than 10 %. Null
    /// while there are too few windows to say, or none because CPU time is not measured.
    /// </summary>
    /// <param name="costs">CPU time per request of each window, in time order.</param>
    public static bool? HasSettled(IReadOnlyList<double> costs)
    {
        if (costs.Count < 2 * WindowsPerSide)
        {
            return null;
        }

        double[] last = [.. costs.TakeLast(WindowsPerSide)];
        double[] before = [.. costs.SkipLast(WindowsPerSide).TakeLast(WindowsPerSide)];
        return last.Max() >= before.Min() || last.Average() >= before.Average() * (1 - Tolerance);
    }

    /// <summary>
    /// Asks whether the last windows cost no less than those before them in the geometric mean over arms, but for 5 %. Too few
    /// windows have not settled.
    /// </summary>
    /// <param name="arms">CPU time per request of each window, in time order; those of arms that cannot be judged are left out.</param>
    public static bool HaveSettled(IReadOnlyList<IReadOnlyList<double>> arms) =>
        arms.Count == 0
        || (arms.All(costs => costs.Count >= 2 * WindowsPerSide) && arms.Average(LogOfFall) >= Math.Log(1 - TogetherTolerance));

    private static double LogOfFall(IReadOnlyList<double> costs)
    {
        var (last, before) = (costs.TakeLast(WindowsPerSide).Sum(), costs.SkipLast(WindowsPerSide).TakeLast(WindowsPerSide).Sum());
        return last > 0 && before > 0 ? Math.Log(last / before) : 0;
    }
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
