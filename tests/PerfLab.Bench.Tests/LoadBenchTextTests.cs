using PerfLab.Bench;
using PerfLab.Bench.Load;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Bench.Tests;

public sealed class LoadBenchTextTests
{
    [Fact]
    public void Tools_goals_and_the_freeze_are_shown_and_what_is_absent_is_said()
    {
        var lines = LoadBenchText.Compose(Bench());

        Assert.Contains(lines, line => line.Text == "sockets          100,000            7.00           70 %       0");
        Assert.Contains(lines, line => line.Text == "h2load      h2load is not installed.");
        Assert.Contains(lines, line => line.Text.StartsWith("ok  CPU per request / wrk's", StringComparison.Ordinal) && line.Text.EndsWith("0.8  at most 1.0  (0.75 to 0.85)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Text.StartsWith("NOT start lateness p99, µs", StringComparison.Ordinal) && line.Style == TerminalStyle.Bad);
        Assert.Contains(lines, line => line.Text.StartsWith("?   throughput", StringComparison.Ordinal) && line.Text.Contains("not measured", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Text == "p99             910.0 ms        929.0 ms        13.7 ms");
    }

    private static LoadBenchRecord Bench() => new()
    {
        FormatVersion = LoadBenchRecord.CurrentFormatVersion,
        Started = DateTimeOffset.UnixEpoch,
        Machine = new MachineFingerprint("Linux", null, null, 2, 1, "X64", ".NET", null),
        ServerCore = 0,
        GeneratorCore = 1,
        Connections = 64,
        Tools = [new BenchTool("sockets", "PerfLab", null), new BenchTool("h2load", null, "h2load is not installed.")],
        Rounds = [new BenchRound { Round = 1, Tool = "sockets", Answered = 100_000, Errors = 0, Seconds = 1, CpuSeconds = 0.7, AllocatedBytes = 0 }],
        Pacing = new PacingBench
        {
            RatePerSecond = 5000,
            Seconds = 10,
            AchievedPerSecond = 5000,
            Dropped = 0,
            StartLateness = new LatencySummary(1, 0, 0, []),
            CpuShare = 0.3,
            StealShare = null,
            EarlyResidentBytes = null,
            LateResidentBytes = null,
        },
        ManyConnections = new ConnectionBench(10_000, null, 1, 0),
        Freeze = new FreezeBench { RatePerSecond = 200, Seconds = 10, FreezeSeconds = 1, DelaySeconds = 0.01, Points = [new FreezePoint(99, 0.91, 0.929, 0.0137)] },
        Goals =
        [
            new BenchGoal("CPU per request / wrk's", "at most 1.0", 0.8, 0.75, 0.85, BenchOutcome.Met),
            new BenchGoal("start lateness p99, µs", "below 300", 400, null, null, BenchOutcome.Missed),
            new BenchGoal("throughput on one core / h2load's", "-", null, null, null, BenchOutcome.NotMeasured),
        ],
    };
}
