using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Bench.Load;

/// <summary>What the load engine must show, judged by a bench of it.</summary>
public static class LoadBenchGoals
{
    private const string Sockets = "sockets";
    private const double MicrosecondsPerSecond = 1e6;

    // Above this, memory grows with the requests made and not only by what a runtime does in its first seconds.
    private const double MostMemoryGrowth = 1.05;

    /// <summary>Judges every goal.</summary>
    /// <param name="record">The bench; its own goals are not looked at.</param>
    public static IReadOnlyList<BenchGoal> Judge(LoadBenchRecord record) =>
    [
        Ratio(record, "wrk", "CPU per request / wrk's", round => round.CpuSecondsPerRequest, atMost: 1),
        Ratio(record, "wrk", "throughput on one core / wrk's", round => round.AnsweredPerSecond, atLeast: 1),
        Ratio(record, "h2load", "CPU per request / h2load's", round => round.CpuSecondsPerRequest),
        Ratio(record, "h2load", "throughput on one core / h2load's", round => round.AnsweredPerSecond),
        Ratio(record, "httpclient", "CPU per request / httpclient's", round => round.CpuSecondsPerRequest),
        Ratio(record, "httpclient", "throughput on one core / httpclient's", round => round.AnsweredPerSecond),
        AtMost("bytes allocated per request, closed loop", "below 1", Allocation(record), 1),
        .. Pacing(record.Pacing),
        AtMost($"errors with {record.ManyConnections.Connections:#,0} connections open", "0", record.ManyConnections.Errors, 0),
        AtMost("connections made beyond those", "0", record.ManyConnections.Opened - record.ManyConnections.Connections, 0),
        .. record.Freeze.Points.Select(Freeze),
    ];

    private static IEnumerable<BenchGoal> Pacing(PacingBench pacing) =>
    [
        AtMost("start lateness p50, µs", "below 50", At(pacing.StartLateness, 50) * MicrosecondsPerSecond, 50),
        TailOfLateness(pacing),
        AtMost("achieved rate beside the offered one, %", "within 0.1", Math.Abs((pacing.AchievedPerSecond / pacing.RatePerSecond) - 1) * 100, 0.1),
        AtMost("starts dropped", "0", pacing.Dropped, 0),
        AtMost("resident memory, last quarter / second", $"at most {MostMemoryGrowth}", pacing.LateResidentBytes / pacing.EarlyResidentBytes, MostMemoryGrowth),
        new BenchGoal("share of a core used for pacing, %", "-", pacing.CpuShare * 100, null, null, BenchOutcome.Told),
        new BenchGoal("share of its processor stolen by the hypervisor, %", "-", pacing.StealShare * 100, null, null, pacing.StealShare is null ? BenchOutcome.NotMeasured : BenchOutcome.Told),
    ];

    // What falls due while the hypervisor runs somebody else starts late, whoever sends it: once that is 1 % of the time, so is the
    // 99th percentile. Then the stretches of which less was taken are judged, by their median.
    private static BenchGoal TailOfLateness(PacingBench pacing)
    {
        const double most = 300;
        var goal = AtMost("start lateness p99, µs", "below 300", At(pacing.StartLateness, 99) * MicrosecondsPerSecond, most);
        if (goal.Outcome != BenchOutcome.Missed || !(pacing.StealShare >= PacingStretch.MostStealShare))
        {
            return goal;
        }

        double[] undisturbed = [.. pacing.Stretches.Where(stretch => stretch.IsUndisturbed).Select(stretch => stretch.P99LatenessSeconds * MicrosecondsPerSecond)];
        return SignedRankInterval.Of(undisturbed) is { } interval
            ? AtMost($"start lateness, median p99 of {undisturbed.Length} stretches, µs", "below 300, where less than 1 % is stolen", Quantile.Median(undisturbed), most) with { Low = interval.Low, High = interval.High }
            : goal with { Outcome = BenchOutcome.NotJudged, Limit = goal.Limit + ", where less than 1 % is stolen" };
    }

    private static BenchGoal Freeze(FreezePoint point) => AtMost(
        $"frozen server: {(point.Percentile.Equals(100) ? "max" : $"p{point.Percentile}")} beside {point.AnalyticSeconds * 1e3:0.#} ms, %",
        "within 5",
        Math.Abs((point.ResponseSeconds / point.AnalyticSeconds) - 1) * 100,
        5);

    private static double? Allocation(LoadBenchRecord record)
    {
        var rounds = record.Rounds.Where(round => round.Tool == Sockets && round.AllocatedBytes is not null).ToArray();
        return rounds.Length == 0 ? null : rounds.Sum(round => round.AllocatedBytes!.Value) / (double)rounds.Sum(round => round.Answered);
    }

    // Tools are compared within a round, because a shared machine changes from round to round; the logarithm makes a ratio
    // and its inverse equally far from 1.
    private static BenchGoal Ratio(LoadBenchRecord record, string peer, string name, Func<BenchRound, double> of, double? atMost = null, double? atLeast = null)
    {
        var bound = atMost is { } most ? $"at most {most:0.0}" : atLeast is { } least ? $"at least {least:0.0}" : "-";
        var logs = record.Rounds.GroupBy(round => round.Round)
            .Select(round => (Ours: round.FirstOrDefault(one => one.Tool == Sockets), Theirs: round.FirstOrDefault(one => one.Tool == peer)))
            .Where(pair => pair.Ours is not null && pair.Theirs is not null)
            .Select(pair => Math.Log(of(pair.Ours!) / of(pair.Theirs!)))
            .ToArray();
        if (logs.Length == 0)
        {
            return new BenchGoal(name, bound, null, null, null, BenchOutcome.NotMeasured);
        }

        var ratio = Math.Exp(Quantile.Median(logs));
        var interval = SignedRankInterval.Of(logs);
        var outcome = atMost is null && atLeast is null ? BenchOutcome.Told : ratio <= (atMost ?? double.MaxValue) && ratio >= (atLeast ?? 0) ? BenchOutcome.Met : BenchOutcome.Missed;
        return new BenchGoal(name, bound, ratio, interval is { } estimate ? Math.Exp(estimate.Low) : null, interval is { } other ? Math.Exp(other.High) : null, outcome);
    }

    private static BenchGoal AtMost(string name, string bound, double? value, double limit) => new(
        name,
        bound,
        value,
        null,
        null,
        value is not { } number ? BenchOutcome.NotMeasured : number <= limit ? BenchOutcome.Met : BenchOutcome.Missed);

    private static double At(LatencySummary summary, double percentile) => summary.Spectrum.First(point => point.Percentile.Equals(percentile)).Seconds;
}
