using PerfLab.Statistics;

namespace PerfLab.Bench.Collector;

/// <summary>What the collector must show, judged by a bench of it.</summary>
public static class CollectorBenchGoals
{
    // A collector core that takes this many keeps up with ten times the busiest scenario here.
    private const double LeastSpansPerCoreSecond = 300_000;

    // What the collector may take from the core that it shares with the load generator.
    private const double MostShareOfCore = 0.05;

    /// <summary>Judges every goal.</summary>
    /// <param name="record">The bench; its own goals are not looked at.</param>
    public static IReadOnlyList<BenchGoal> Judge(CollectorBenchRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var lost = record.Rounds.Sum(round => Math.Abs(round.SentSpans - round.ReceivedSpans)) + Math.Abs(record.Pace.SentSpans - record.Pace.ReceivedSpans);
        var share = record.Pace.CollectorCpuSeconds / record.Pace.Seconds;
        return
        [
            .. record.Rounds.GroupBy(round => round.Way, StringComparer.Ordinal).Select(Speed),
            new("spans lost or surplus, all rounds", "0", lost, null, null, lost == 0 ? BenchOutcome.Met : BenchOutcome.Missed),
            new("share of a core at the rate of scenario sampling, %", "below 5", share * 100, null, null, share < MostShareOfCore ? BenchOutcome.Met : BenchOutcome.Missed),
        ];
    }

    private static BenchGoal Speed(IGrouping<string, ReceivingRound> rounds)
    {
        var sorted = rounds.Select(round => round.SpansPerCoreSecond).Order().ToArray();
        var median = Quantile.Median(sorted);
        return new($"spans per second on one core, {rounds.Key}", "at least 300,000", median, sorted[0], sorted[^1], median >= LeastSpansPerCoreSecond ? BenchOutcome.Met : BenchOutcome.Missed);
    }
}
