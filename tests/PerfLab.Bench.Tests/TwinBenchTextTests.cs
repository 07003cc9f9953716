using PerfLab.Bench;
using PerfLab.Bench.Baseline;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Bench.Tests;

public sealed class TwinBenchTextTests
{
    private static readonly MachineFingerprint s_machine = new("Linux", null, null, 2, 1, "X64", ".NET", null);

    [Fact]
    public void Every_naive_pair_is_shown_with_what_it_takes_for_a_change()
    {
        var lines = BaselineBenchText.Compose(new BaselineBenchRecord
        {
            FormatVersion = BaselineBenchRecord.CurrentFormatVersion,
            Started = DateTimeOffset.UnixEpoch,
            Machine = s_machine,
            Scenario = "noise",
            Runtime = "lab",
            BudgetSeconds = 300,
            NaiveSeconds = 298.4,
            NaiveWarmUpSeconds = 2,
            NaiveConnections = 16,
            NaiveRuns = [new(1, "off", 8, 10_000, 0, 1), new(1, "off'", 8, 10_000, 0, 1.1)],
            InterleavedSeconds = 301,
            InterleavedRun = "20261123T000000Z-noise-abcd",
            LaunchSets = 17,
            CpuChange = null,
            AllocationChange = null,
            Goals = [new BenchGoal("naive, one pair / interleaved", "at least 5", 6.2, null, null, BenchOutcome.Met)],
        });

        Assert.Contains(lines, line => line.Text == "Naive: 1 pairs of fresh processes in 298 s, 2 s of warm-up, 16 connections.");
        Assert.Contains(lines, line => line.Text == "Interleaved: 17 launch sets in 301 s, 20261123T000000Z-noise-abcd.");
        Assert.Contains(lines, line => line.Text == "1              100.0       110.0         +10.0 %");
        Assert.Contains(lines, line => line.Style == TerminalStyle.Good && line.Text.EndsWith("6.2  at least 5", StringComparison.Ordinal));
    }

    [Fact]
    public void The_probes_cost_is_shown_with_its_interval_and_who_was_read_how()
    {
        var lines = ProbeBenchText.Compose(new ProbeBenchRecord
        {
            FormatVersion = ProbeBenchRecord.CurrentFormatVersion,
            Started = DateTimeOffset.UnixEpoch,
            Machine = s_machine,
            Scenario = "noise",
            Runtime = "steady",
            Run = "run",
            LaunchSets = 12,
            Readings = new Dictionary<string, string> { ["probe-off"] = "proc", ["probe-on"] = "probe" },
            ReadingsPerSecond = 6.667,
            CpuChange = null,
            CpuSecondsPerRequest = null,
            ControlChange = null,
            Goals = [new BenchGoal("CPU per request by the probe, %", "-", 0.4, 0.2, 0.6, BenchOutcome.Told)],
        });

        Assert.Contains(lines, line => line.Text == "12 launch sets, run. Read 6.7 times per second: probe-off by proc, probe-on by probe.");
        Assert.Contains(lines, line => line.Text.EndsWith("0.4  -  (0.20 to 0.60)", StringComparison.Ordinal));
    }
}
