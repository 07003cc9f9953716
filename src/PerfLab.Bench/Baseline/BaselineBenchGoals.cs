using PerfLab.Statistics;

namespace PerfLab.Bench.Baseline;

/// <summary>How far off a comparison of two identical arms is, made naively and made by PerfLab, judged by a bench of both.</summary>
public static class BaselineBenchGoals
{
    // Of a normal distribution 95 % lie within so many standard deviations.
    private const double Normal95 = 1.959964;

    // What five minutes on two processors must give (docs/bench.md): five times narrower, and these half widths.
    private const double LeastGain = 5;
    private const double SecondsOfGoals = 300;
    private const double SteadyCpu = 0.01;
    private const double TieredCpu = 0.025;
    private const double Allocation = 0.002;

    /// <summary>Judges every goal.</summary>
    /// <param name="record">The bench; its own goals are not looked at.</param>
    public static IReadOnlyList<BenchGoal> Judge(BaselineBenchRecord record)
    {
        var changes = LogChanges(record.NaiveRuns);
        var single = changes.Count == 0 ? (double?)null : Normal95 * Math.Sqrt(changes.Average(change => change * change));
        var together = SignedRankInterval.Of([.. changes]) is { } estimate ? (estimate.High - estimate.Low) / 2 : (double?)null;
        var ours = record.CpuChange?.HalfWidth;
        var (cpu, allocation) = record.BudgetSeconds >= SecondsOfGoals
            ? (record.Runtime == "steady" ? SteadyCpu : TieredCpu, Allocation)
            : ((double?)null, (double?)null);
        return
        [
            Told("naive, one pair: 95 % of them are off by up to, %", Percent(single)),
            Told("naive: the largest change seen where there is none, %", changes.Count == 0 ? null : Percent(changes.Max(Math.Abs))),
            Told("naive, all pairs together: half the width of the interval, %", Percent(together)),
            AtMost("interleaved, CPU: half the width of the interval, %", Percent(ours), Percent(cpu)),
            AtMost("interleaved, bytes: half the width of the interval, %", Percent(record.AllocationChange?.HalfWidth), Percent(allocation)),
            AtLeast("naive, one pair / interleaved", single / ours, LeastGain),
            Told("naive, all pairs together / interleaved", together / ours),
        ];
    }

    /// <summary>The logarithm of what each pair takes for a change.</summary>
    public static IReadOnlyList<double> LogChanges(IReadOnlyList<NaiveRun> runs) =>
        [.. runs.GroupBy(run => run.Pair).Where(pair => pair.Count() == 2).Select(pair => Math.Log(pair.Last().CpuSecondsPerRequest / pair.First().CpuSecondsPerRequest))];

    private static double? Percent(double? ratio) => 100 * ratio;

    private static BenchGoal Told(string name, double? value) =>
        new(name, "-", value, null, null, value is null ? BenchOutcome.NotMeasured : BenchOutcome.Told);

    private static BenchGoal AtMost(string name, double? value, double? limit) => limit is { } most
        ? Judged(name, FormattableString.Invariant($"at most {most:0.0##}"), value, value <= most)
        : Told(name, value);

    private static BenchGoal AtLeast(string name, double? value, double least) =>
        Judged(name, FormattableString.Invariant($"at least {least:0}"), value, value >= least);

    private static BenchGoal Judged(string name, string limit, double? value, bool isKept) =>
        new(name, limit, value, null, null, value is null ? BenchOutcome.NotMeasured : isKept ? BenchOutcome.Met : BenchOutcome.Missed);
}
