using PerfLab.Bench;
using PerfLab.Bench.Load;
using PerfLab.Experiments.Results;

namespace PerfLab.Bench.Tests;

public sealed class LoadBenchGoalsTests
{
    [Fact]
    public void Ratios_are_paired_within_rounds_and_their_median_is_judged()
    {
        // Rounds differ by a factor of two as on a shared machine; within each, ours costs 0.8 of theirs.
        var goals = LoadBenchGoals.Judge(Bench([.. Enumerable.Range(1, 7).SelectMany(round => (BenchRound[])[Round(round, "sockets", 8 * round), Round(round, "wrk", 10 * round)])]));

        var cpu = goals.Single(goal => goal.Name == "CPU per request / wrk's");
        Assert.Equal(0.8, cpu.Value!.Value, tolerance: 1e-9);
        Assert.Equal((0.8, 0.8), (Math.Round(cpu.Low!.Value, 9), Math.Round(cpu.High!.Value, 9)));
        Assert.Equal(BenchOutcome.Met, cpu.Outcome);
        Assert.Equal(BenchOutcome.NotMeasured, goals.Single(goal => goal.Name == "CPU per request / h2load's").Outcome);
    }

    [Fact]
    public void More_processor_time_than_wrk_is_missed()
    {
        var goals = LoadBenchGoals.Judge(Bench([Round(1, "sockets", 11), Round(1, "wrk", 10)]));

        Assert.Equal(BenchOutcome.Missed, goals.Single(goal => goal.Name == "CPU per request / wrk's").Outcome);

        // One round has no interval.
        Assert.Null(goals[0].Low);
    }

    [Fact]
    public void Lateness_rate_memory_and_the_freeze_have_their_bounds()
    {
        var good = LoadBenchGoals.Judge(Bench([]));
        var bad = LoadBenchGoals.Judge(Bench([]) with
        {
            Pacing = Pacing(lateness: 0.0004, achieved: 4990),
            ManyConnections = new ConnectionBench(10_000, 10_100, 1, 3),
            Freeze = Freeze(response: 0.8),
        });

        Assert.DoesNotContain(good, goal => goal.Outcome == BenchOutcome.Missed);
        Assert.Equal(
            ["start lateness p50, µs", "start lateness p99, µs", "achieved rate beside the offered one, %", "errors with 10,000 connections open", "connections made beyond those", "frozen server: p99 beside 910 ms, %"],
            bad.Where(goal => goal.Outcome == BenchOutcome.Missed).Select(goal => goal.Name));
    }

    private static LoadBenchRecord Bench(IReadOnlyList<BenchRound> rounds) => new()
    {
        FormatVersion = LoadBenchRecord.CurrentFormatVersion,
        Started = DateTimeOffset.UnixEpoch,
        Machine = new MachineFingerprint("Linux", null, null, 2, 1, "X64", ".NET", null),
        ServerCore = 0,
        GeneratorCore = 1,
        Connections = 64,
        Tools = [],
        Rounds = rounds,
        Pacing = Pacing(lateness: 0.00003, achieved: 5000),
        ManyConnections = new ConnectionBench(10_000, 10_000, 100_000, 0),
        Freeze = Freeze(response: 0.92),
        Goals = [],
    };

    [Theory]
    [InlineData(0.0002, 0.05, BenchOutcome.Met)]
    [InlineData(0.0050, 0.01, BenchOutcome.NotJudged)]
    [InlineData(0.0050, 0.009, BenchOutcome.Missed)]
    [InlineData(0.0050, null, BenchOutcome.Missed)]
    public void Late_starts_are_not_judged_where_the_hypervisor_took_the_time_in_which_they_were_due(double lateness, double? stolen, BenchOutcome expected)
    {
        var pacing = Pacing(lateness, achieved: 5000) with { StealShare = stolen };

        var goals = LoadBenchGoals.Judge(Bench([]) with { Pacing = pacing });

        Assert.Equal(expected, goals.Single(goal => goal.Name == "start lateness p99, µs").Outcome);
    }

    [Theory]
    [InlineData(6, 100, BenchOutcome.Met)]
    [InlineData(6, 400, BenchOutcome.Missed)]
    [InlineData(5, 100, BenchOutcome.NotJudged)]
    public void Where_the_hypervisor_took_time_the_stretches_that_it_left_alone_are_judged(int undisturbed, double microseconds, BenchOutcome expected)
    {
        PacingStretch[] stretches =
        [
            .. Enumerable.Range(-2, undisturbed).Select(step => new PacingStretch(1, (microseconds + step) / 1e6, 0.009)),
            .. Enumerable.Repeat(new PacingStretch(1, expected == BenchOutcome.Missed ? 1e-6 : 0.005, 0.01), 20),
            new PacingStretch(1, 0.005, null),
        ];
        var pacing = Pacing(lateness: 0.005, achieved: 5000) with { StealShare = 0.05, Stretches = stretches };

        var goal = LoadBenchGoals.Judge(Bench([]) with { Pacing = pacing }).Single(goal => goal.Name.StartsWith("start lateness", StringComparison.Ordinal) && goal.Name.Contains("p99", StringComparison.Ordinal));

        Assert.Equal(expected, goal.Outcome);
        if (expected != BenchOutcome.NotJudged)
        {
            Assert.Equal([microseconds - 2, microseconds + 0.5, microseconds + 3], new[] { goal.Low!.Value, goal.Value!.Value, goal.High!.Value }, (one, other) => Math.Abs(one - other) < 1e-6);
            Assert.Equal("start lateness, median p99 of 6 stretches, µs", goal.Name);
        }
    }

    private static BenchRound Round(int round, string tool, double cpuMicroseconds) => new()
    {
        Round = round,
        Tool = tool,
        Answered = 1000,
        Errors = 0,
        Seconds = 1,
        CpuSeconds = cpuMicroseconds * 1e-3,
        AllocatedBytes = tool == "sockets" ? 10 : null,
    };

    private static PacingBench Pacing(double lateness, double achieved) => new()
    {
        RatePerSecond = 5000,
        Seconds = 10,
        AchievedPerSecond = achieved,
        Dropped = 0,
        StartLateness = new LatencySummary(50_000, lateness, lateness, [new PercentilePoint(50, lateness), new PercentilePoint(99, lateness)]),
        CpuShare = 0.2,
        StealShare = null,
        EarlyResidentBytes = 100,
        LateResidentBytes = 101,
    };

    private static FreezeBench Freeze(double response) => new()
    {
        RatePerSecond = 200,
        Seconds = 10,
        FreezeSeconds = 1,
        DelaySeconds = 0.01,
        Points = [new FreezePoint(99, 0.91, response, 0.01)],
    };
}
