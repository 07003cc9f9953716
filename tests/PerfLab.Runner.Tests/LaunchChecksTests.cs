using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Readings;
using PerfLab.Runner.Validity;

namespace PerfLab.Runner.Tests;

public sealed class LaunchChecksTests
{
    private static readonly PerfLabUsage s_quietLab = new(WindowSeconds: 10, CpuSeconds: 3, Cores: 1, StealSeconds: 0);

    [Fact]
    public void A_good_launch_set_has_no_findings() => Assert.Empty(Check(Launch(Arm("a"), Arm("b"))));

    [Fact]
    public void A_missed_rate_voids() =>
        Assert.Equal([(FindingSeverity.Invalid, "rate-missed")], Codes(Launch(Arm("a", offered: 1000, started: 989), Arm("b"))));

    [Fact]
    public void A_single_dropped_start_voids() =>
        Assert.Equal([(FindingSeverity.Invalid, "starts-dropped")], Codes(Launch(Arm("a", offered: 1000, started: 999, dropped: 1))));

    [Fact]
    public void An_arm_that_was_offered_nothing_is_never_valid() =>
        Assert.Equal([(FindingSeverity.Invalid, "rate-missed")], Codes(Launch(Arm("a", offered: 0, started: 0))));

    [Fact]
    public void Late_starts_void() =>
        Assert.Equal([(FindingSeverity.Invalid, "starts-late")], Codes(Launch(Arm("a", latenessP99Seconds: 0.0011))));

    [Fact]
    public void Lateness_is_judged_against_slow_responses() =>
        Assert.Empty(Check(Launch(Arm("a", latenessP99Seconds: 0.0011, p50Seconds: 0.050))));

    [Fact]
    public void Errors_in_one_arm_only_void() =>
        Assert.Equal([(FindingSeverity.Invalid, "errors-unequal")], Codes(Launch(Arm("a", errors: 20), Arm("b"))));

    [Fact]
    public void What_a_variant_alone_fails_or_cannot_take_spoils_no_other_arm()
    {
        Assert.Equal([(FindingSeverity.Warning, "errors-unequal")], Codes(Launch(Arm("off"), Arm("on", errors: 900)), "on"));
        Assert.Equal([(FindingSeverity.Warning, "starts-dropped")], Codes(Launch(Arm("off"), Arm("on", started: 999, dropped: 1)), "on"));
        Assert.Equal([(FindingSeverity.Warning, "rate-missed")], Codes(Launch(Arm("off"), Arm("on", started: 500, dropped: 500)), "on"));
        Assert.Equal([(FindingSeverity.Invalid, "starts-late")], Codes(Launch(Arm("off"), Arm("on", latenessP99Seconds: 0.0011)), "on"));
        Assert.Equal(
            [(FindingSeverity.Invalid, "starts-dropped"), (FindingSeverity.Invalid, "starts-dropped")],
            Codes(Launch(Arm("off", started: 999, dropped: 1), Arm("on", started: 999, dropped: 1)), "on"));
    }

    [Theory]
    [InlineData(49)]
    [InlineData(150)]
    public void One_reset_connection_among_few_requests_is_told_but_does_not_void(long requests) =>
        Assert.Equal(
            [(FindingSeverity.Warning, "errors")],
            Codes(Launch(Arm("a", offered: requests, started: requests, errors: 1), Arm("b", offered: requests, started: requests))));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1_000, 0)]
    [InlineData(8_000, 8_000)]
    [InlineData(8_000, 900)]
    [InlineData(400, 900)]
    [InlineData(1_000, 950)]
    public void What_the_arms_print_is_told_where_it_is_much_or_unequal(long linesOfOne, long linesOfOther)
    {
        var findings = Check(Launch(Printing("a", linesOfOne), Printing("b", linesOfOther)));

        // More than a line a request (1,000 requests), or 0.1 lines a request more than the other.
        (string, string)[] expected =
        [
            .. from arm in new[] { (Name: "a", Own: linesOfOne, Other: linesOfOther), (Name: "b", Own: linesOfOther, Other: linesOfOne) }
               from code in new[] { ("log-volume", arm.Own > 1_050), ("log-unequal", arm.Own - arm.Other > 100) }
               where code.Item2
               select (arm.Name, code.Item1),
        ];
        Assert.Equal(expected, findings.Select(finding => (finding.Subject, finding.Code)));
        Assert.All(findings, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
    }

    [Fact]
    public void Equal_errors_are_told_but_do_not_void() =>
        Assert.Equal([(FindingSeverity.Warning, "errors"), (FindingSeverity.Warning, "errors")], Codes(Launch(Arm("a", errors: 20), Arm("b", errors: 20))));

    [Fact]
    public void Lost_spans_are_told() =>
        Assert.Equal([(FindingSeverity.Warning, "spans-lost")], Codes(Launch(Arm("a", sampled: 100, received: 99))));

    [Fact]
    public void Spans_that_the_target_does_not_count_are_not_called_lost() =>
        Assert.Empty(Check(Launch(Arm("a", sampled: null, received: 99))));

    [Theory]
    [InlineData(0.05, false)]
    [InlineData(0.2, true)]
    [InlineData(0.9, true)]
    public void Steal_is_told_and_much_of_it_voids(double stealSeconds, bool isTold) =>
        Assert.Equal(isTold, Check(Launch(Arm("a")) with { Lab = s_quietLab with { StealSeconds = stealSeconds } }).Count > 0);

    [Theory]
    [InlineData(1.9, FindingSeverity.Warning)]
    [InlineData(2.1, FindingSeverity.Invalid)]
    public void A_fifth_of_a_processor_is_too_much_to_be_taken(double stealSeconds, FindingSeverity severity) =>
        Assert.Equal(severity, Assert.Single(Check(Launch(Arm("a")) with { Lab = s_quietLab with { StealSeconds = stealSeconds } })).Severity);

    [Theory]
    [InlineData(20, 60, "rounds-voided")]
    [InlineData(19, 60, "rounds-missing")]
    [InlineData(20, 39, "rounds-missing")]
    public void Rounds_without_response_times_are_told_and_one_in_four_must_have_them(int quiet, int disturbed, string code)
    {
        var slice = Arm("a").Slices[0];
        SliceRecord[] slices = [.. Enumerable.Repeat(slice, quiet), .. Enumerable.Repeat(slice with { IsDisturbed = true }, disturbed)];

        var findings = LaunchChecks.Run(Launch(Arm("a") with { Slices = slices }) with { VoidedRounds = [RoundValidity.Stolen(99, 0.3)] }, rounds: 80, []);

        Assert.Equal(["rounds-disturbed", code], findings.Select(finding => finding.Code));
        Assert.Equal(new RoundsDisturbed(disturbed, quiet + disturbed), findings[0].Details);
        Assert.Equal(quiet, Assert.IsType<RoundsVoided>(findings[1].Details).TimedRounds);
    }

    [Fact]
    public void A_platform_without_steal_is_no_finding() =>
        Assert.Empty(Check(Launch(Arm("a")) with { Lab = s_quietLab with { StealSeconds = null } }));

    [Fact]
    public void A_busy_lab_voids() =>
        Assert.Equal([(FindingSeverity.Invalid, "lab-busy")], Codes(Launch(Arm("a")) with { Lab = s_quietLab with { CpuSeconds = 8.1 } }));

    [Theory]
    [InlineData(0, false)]
    [InlineData(143, false)]
    [InlineData(1, true)]
    [InlineData(137, true)]
    public void A_process_that_ends_by_the_signal_that_asks_it_to_is_no_finding(int exitCode, bool isTold) =>
        Assert.Equal(isTold, Check(Launch(Arm("a") with { Processes = [new("target", 1, 0.1, "probe", exitCode)] })).Count > 0);

    [Fact]
    public void A_killed_process_is_told() =>
        Assert.Equal([(FindingSeverity.Warning, "unclean-stop")], Codes(Launch(Arm("a") with { Processes = [new("target", 1, 0.1, "probe", ExitCode: null)] })));

    [Fact]
    public void An_unsettled_warm_up_is_told() =>
        Assert.Equal([(FindingSeverity.Warning, "not-settled")], Codes(Launch(Arm("a") with { WarmUp = new(2, 100, Settled: false, []) })));

    [Theory]
    [InlineData(0.005, null)]
    [InlineData(0.05, FindingSeverity.Note)]
    [InlineData(0.30, FindingSeverity.Warning)]
    public void Compiling_while_it_is_measured_is_told(double share, FindingSeverity? expected)
    {
        var arm = Arm("a");
        var slice = arm.Slices[0] with { Before = ReadingSum.Nothing with { CpuSeconds = 10, CompilerCpuSeconds = 4 } };
        var compiling = arm with { Slices = [slice], ClosingReading = ReadingSum.Nothing with { CpuSeconds = 11, CompilerCpuSeconds = 4 + share } };

        Assert.Equal(expected is { } severity ? [(severity, "still-compiling")] : [], Codes(Launch(compiling)));
    }

    [Theory]
    [InlineData(ReadingSourceName.Ticks, 0.3, true)]
    [InlineData(ReadingSourceName.Ticks, 0.6, false)]
    [InlineData(ReadingSourceName.ProbeTicks, 0.3, true)]
    [InlineData(ReadingSourceName.ProbeTicks, 0.6, false)]
    [InlineData(ReadingSourceName.Probe, 0.3, false)]
    [InlineData(ReadingSourceName.Proc, 0.3, false)]
    public void Few_clock_ticks_behind_a_figure_are_told(string source, double seconds, bool isTold)
    {
        var arm = Arm("a");
        var slice = arm.Slices[0] with { Before = ReadingSum.Nothing with { CpuSeconds = 10 } };
        var coarse = arm with
        {
            Processes = [new("target", 1, 0.1, source, ExitCode: 0)],
            Slices = [slice],
            ClosingReading = ReadingSum.Nothing with { CpuSeconds = 10 + seconds },
        };

        Assert.Equal(isTold ? [(FindingSeverity.Warning, "cpu-in-ticks")] : [], Codes(Launch(coarse)));
    }

    // A service of 0.1 s that starts a process for each request: 0.2 s of 0.3 s belong to processes that nobody saw.
    [Theory]
    [InlineData(0.1, 0.3, true)]
    [InlineData(0.1, 0.6, false)]
    [InlineData(0.28, 0.3, false)]
    public void CPU_time_of_processes_that_ended_unseen_is_told_where_it_is_much_and_in_few_ticks(double seen, double all, bool isTold)
    {
        var arm = Arm("a");
        var forking = arm with
        {
            Processes = [new("target", 1, 0.1, ReadingSourceName.Probe, ExitCode: 0)],
            Slices = [arm.Slices[0] with { Before = ReadingSum.Nothing with { CpuSeconds = 10 } }],
            ClosingReading = ReadingSum.Nothing with { CpuSeconds = 10 + all },
            Programs = [new ProgramCpu("server", 1, seen)],
        };

        Assert.Equal(isTold ? [(FindingSeverity.Warning, "cpu-in-ticks")] : [], Codes(Launch(forking)));
    }

    [Fact]
    public void An_arm_that_exports_elsewhere_misses_nothing()
    {
        var arm = Arm("a");
        var sampled = arm with { Spans = arm.Spans with { CreatedCount = 10, NotSampledCount = 0, SampledCount = 10, ReceivedCount = 0 } };

        Assert.Equal(["spans-lost"], Check(Launch(sampled)).Select(finding => finding.Code));
        Assert.Empty(LaunchChecks.Run(Launch(sampled), rounds: 1, [], "a"));
    }

    [Fact]
    public void Too_few_counted_rounds_void() =>
        Assert.Equal(
            [(FindingSeverity.Invalid, "rounds-missing")],
            LaunchChecks.Run(Launch(Arm("a")) with { VoidedRounds = [new(1, "starts-late", "late")] }, rounds: 2, []).Select(finding => (finding.Severity, finding.Code)));

    [Fact]
    public void Where_every_round_is_voided_that_is_told_and_nothing_of_the_load()
    {
        ArmRecord[] arms = [.. new[] { "off", "on" }.Select(name => Arm(name) with { Slices = [.. Arm(name).Slices.Select(slice => slice with { IsVoided = true })], ResponseTime = null, StartLateness = null })];
        var launch = Launch(arms) with
        {
            VoidedRounds = [new(0, "starts-late")],
            Lab = new PerfLabUsage(WindowSeconds: 0, CpuSeconds: 0, Cores: 1, StealSeconds: null),
        };

        Assert.Equal([(FindingSeverity.Invalid, "rounds-missing", "machine")], Of(LaunchChecks.Run(launch, rounds: 1, ["on"])));
        Assert.Equal([(FindingSeverity.Invalid, "rounds-missing", "machine")], Of(LaunchChecks.RunLevel(launch, rounds: 1, ["on"])));

        static IEnumerable<(FindingSeverity Severity, string Code, string Subject)> Of(IReadOnlyList<Finding> findings) => findings.Select(finding => (finding.Severity, finding.Code, finding.Subject));
    }

    private static IReadOnlyList<Finding> Check(LaunchRecord launch) => LaunchChecks.Run(launch, rounds: 1, []);

    private static IEnumerable<(FindingSeverity Severity, string Code)> Codes(LaunchRecord launch, params string[] variants) =>
        LaunchChecks.Run(launch, rounds: 1, variants).Select(finding => (finding.Severity, finding.Code));

    private static ArmRecord Printing(string name, long lines) => Arm(name) with { Log = new LogVolume(80 * lines, lines, RequestCount: 1_000) };

    private static LaunchRecord Launch(params ArmRecord[] arms) => new()
    {
        FormatVersion = LaunchRecord.CurrentFormatVersion,
        Number = 1,
        StartedUtc = DateTimeOffset.UnixEpoch,
        DurationSeconds = 10,
        Findings = [],
        Arms = arms,
        Lab = s_quietLab,
    };

    private static ArmRecord Arm(
        string name,
        long offered = 1000,
        long started = 1000,
        long dropped = 0,
        long errors = 0,
        double latenessP99Seconds = 0.0001,
        double p50Seconds = 0.001,
        long? sampled = 100,
        long received = 100) => new()
        {
            Arm = name,
            Processes = [new ProcessRecord("target", 1, 0.1, "probe", ExitCode: 0)],
            WarmUp = new WarmUpRecord(2, 100, Settled: true, []),
            Slices =
            [
                new SliceRecord
                {
                    Round = 0,
                    Position = 0,
                    StartSeconds = 0,
                    ScheduledSeconds = 1,
                    ElapsedSeconds = 1,
                    OfferedCount = offered,
                    StartedCount = started,
                    AnsweredCount = started - errors,
                    DroppedCount = dropped,
                    Errors = errors == 0 ? new Dictionary<string, long>() : new Dictionary<string, long> { ["unexpected-status"] = errors },
                    Before = ReadingSum.Nothing,
                },
            ],
            ClosingReading = ReadingSum.Nothing,
            ResponseTime = new LatencySummary(1000, p50Seconds, p50Seconds, [new(50, p50Seconds), new(99, p50Seconds)]),
            ServiceTime = null,
            StartLateness = new LatencySummary(1000, 0, latenessP99Seconds, [new(50, 0), new(99, latenessP99Seconds)]),
            Spans = new SpanLedger
            {
                RequestCount = 1000,
                CreatedCount = sampled,
                NotSampledCount = 0,
                SampledCount = sampled,
                ReceivedCount = received,
                RefusedCount = 0,
                ExportRequestCount = 1,
                WireBytes = 1,
                DecodedBytes = 1,
            },
        };
}
