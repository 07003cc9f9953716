using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.Tests.LaunchSets;

public sealed class LaunchSetExecutorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-test-").FullName;
    private readonly EventLog _events = new();
    private readonly RecordingLauncher _launcher;
    private readonly SilentProgress _progress = new();
    private Plan _plan = TestPlans.Small();
    private int? _lateRun;
    private int? _lastAnsweredRun;
    private AfterMeasuring? _after;

    public LaunchSetExecutorTests() => _launcher = new RecordingLauncher(_events);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string LaunchFolder => Path.Combine(_folder, ".launch-001.unfinished");

    [Fact]
    public async Task All_arms_are_started_then_warmed_then_measured_then_stopped()
    {
        var record = await ExecuteAsync(Cancellation);

        Assert.Empty(OfTargets(record));
        Assert.Equal([RunPhase.Start, RunPhase.WarmUp, RunPhase.Measure, RunPhase.Stop], _progress.Phases);
        var events = _events.Events.ToList();
        Assert.Equal(3, events.FindAll(Is("start")).Count);
        Assert.Equal(3, events.FindAll(Is("stop")).Count);
        Assert.True(events.FindLastIndex(Is("start")) < events.FindIndex(Is("load")));
        Assert.True(events.FindLastIndex(Is("load")) < events.FindIndex(Is("disconnect")));
        Assert.True(events.FindLastIndex(Is("disconnect")) < events.FindIndex(Is("stop")));
    }

    [Fact]
    public async Task An_arm_starts_its_own_program_and_the_others_start_the_targets()
    {
        _plan = _plan with
        {
            Arms = [.. _plan.Arms.Select(arm => arm.Name == "on" ? arm with { Program = new ArmProgram(["next-build", "{port}"], _folder) } : arm)],
        };

        await ExecuteAsync(Cancellation);

        foreach (var specification in _launcher.Specifications)
        {
            var isOther = specification.Arm == "on";
            Assert.Equal(isOther ? "next-build" : "program", specification.Command[0]);
            Assert.Equal(isOther, specification.WorkingFolder == _folder);
            Assert.Equal(isOther ? specification.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) : specification.Address.ToString().TrimEnd('/'), specification.Command[1]);
        }
    }

    [Fact]
    public async Task Every_arm_is_visited_once_a_round_with_a_reading_before_each_slice_and_one_at_the_end()
    {
        var record = await ExecuteAsync(Cancellation);

        foreach (var arm in record.Arms)
        {
            Assert.Equal([0, 1], arm.Slices.Select(slice => slice.Round));
            Assert.True(arm.Slices[0].Before.CpuSeconds < arm.Slices[1].Before.CpuSeconds);
            Assert.True(arm.Slices[1].Before.CpuSeconds < arm.ClosingReading.CpuSeconds);
        }

        foreach (var round in record.Arms.SelectMany(arm => arm.Slices).GroupBy(slice => slice.Round))
        {
            Assert.Equal([0, 1, 2], round.Select(slice => slice.Position).Order());
            Assert.Single(round.Select(slice => slice.OfferedCount).Distinct());
        }
    }

    [Fact]
    public async Task Arms_are_recorded_in_the_order_of_the_plan_whatever_the_order_of_starting()
    {
        var record = await ExecuteAsync(Cancellation);

        Assert.Equal(["off", "off'", "on"], record.Arms.Select(arm => arm.Arm));
    }

    [Fact]
    public async Task An_arm_that_does_not_start_stops_those_that_did_and_makes_an_invalid_record()
    {
        _launcher.FailingArm = "off'";

        var record = await ExecuteAsync(Cancellation);

        Assert.False(record.IsValid);
        Assert.Equal("target-failed", Assert.Single(record.Findings).Code);
        Assert.Equal(Count("start") - 1, Count("stop"));
        Assert.DoesNotContain(_events.Events, text => Is("load")(text));
    }

    [Fact]
    public async Task A_target_that_dies_while_it_is_measured_stops_all_and_makes_an_invalid_record()
    {
        _launcher.Dying = ("on", 3);

        var record = await ExecuteAsync(Cancellation);

        Assert.False(record.IsValid);
        Assert.Contains(record.Findings, finding => finding is { Severity: FindingSeverity.Invalid, Code: "target-failed" });
        Assert.Equal(3, Count("stop"));
    }

    [Theory]
    [InlineData(RunPhase.Start)]
    [InlineData(RunPhase.WarmUp)]
    [InlineData(RunPhase.Measure)]
    public async Task An_interruption_in_any_phase_stops_what_was_started(RunPhase phase)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _progress.OnPhase = reported =>
        {
            if (reported == phase)
            {
                source.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ExecuteAsync(source.Token));

        Assert.Equal(Count("start"), Count("stop"));
    }

    [Fact]
    public async Task Targets_warm_up_on_all_processors_and_are_measured_on_theirs()
    {
        _plan = _plan with { Placement = new Placement([0], [1]) };

        await ExecuteAsync(Cancellation);

        foreach (var arm in new[] { "off", "off'", "on" })
        {
            Assert.Equal([$"move {arm} to 0,1", $"move {arm} to 0"], _events.Events.Where(text => text.StartsWith($"move {arm} ", StringComparison.Ordinal)));
        }

        var events = _events.Events.ToList();
        Assert.True(events.FindLastIndex(Is("saturate")) < events.FindLastIndex(Is("move")));
        Assert.True(events.FindLastIndex(Is("move")) < events.FindIndex(Is("load")));
    }

    [Theory]
    [InlineData(5, 8, true)]
    [InlineData(1.7, 5, null)]
    public async Task A_warm_up_without_counted_methods_lasts_until_its_cost_can_be_judged_or_its_limit_is_reached(double limit, int windows, bool? settled)
    {
        _plan = _plan with { WarmUpLimitSeconds = limit };

        Assert.All((await ExecuteAsync(Cancellation)).Arms, arm => Assert.Equal((windows, settled), (arm.WarmUp.CpuSecondsPerRequest.Count, arm.WarmUp.Settled)));
    }

    [Fact]
    public async Task A_round_in_which_requests_started_late_is_voided_for_all_arms_and_measured_once_more()
    {
        // Three windows at the planned load end the warm-up; the next run is the first round's.
        _lateRun = 4;

        var record = await ExecuteAsync(Cancellation);

        var voided = Assert.Single(record.VoidedRounds);
        Assert.Equal((0, "starts-late"), (voided.Round, voided.Code));
        Assert.Equal("rounds-voided", Assert.Single(OfTargets(record)).Code);
        foreach (var arm in record.Arms)
        {
            Assert.Equal([true, false, false], arm.Slices.Select(slice => slice.IsVoided));
            Assert.Equal(arm.CountedSlices.Sum(slice => slice.StartedCount), arm.StartLateness!.Count);
        }
    }

    [Fact]
    public async Task A_target_that_answers_nothing_any_more_fails_the_launch_set_before_the_other_rounds_wait_for_it()
    {
        _plan = TestPlans.Small(rounds: 50);
        _lastAnsweredRun = 7;

        var record = await ExecuteAsync(Cancellation);

        var finding = Assert.Single(record.Findings);
        Assert.Equal((FindingSeverity.Invalid, "target-failed"), (finding.Severity, finding.Code));
        Assert.Contains("502 came where 200 was expected", Assert.IsType<TargetFailed>(finding.Details).Message, StringComparison.Ordinal);
        Assert.InRange(_events.Events.Count(text => text.StartsWith("load", StringComparison.Ordinal)), 3 * 7, 3 * 12);
    }

    [Fact]
    public async Task A_target_that_hangs_while_its_back_end_is_in_trouble_by_plan_is_measured_to_the_end()
    {
        var small = TestPlans.Small(rounds: 20);
        _plan = small with { Arms = [.. small.Arms.Select(arm => arm with { BackEnd = new BackEndFaultDefinition(BackEndFaultKind.Silent, null, null, Share: 1) })] };
        _lastAnsweredRun = 7;

        var record = await ExecuteAsync(Cancellation);

        Assert.All(record.Findings, finding => Assert.NotEqual("target-failed", finding.Code));
        Assert.All(record.Arms, arm => Assert.InRange(arm.Slices.Count(slice => slice.AnsweredCount == 0), 13, 40));
    }

    [Fact]
    public async Task What_comes_after_measuring_comes_after_the_closing_readings_and_before_the_arms_are_stopped()
    {
        _after = new AfterMeasuring(_events);

        var record = await ExecuteAsync(Cancellation);

        var events = _events.Events.ToList();
        Assert.True(events.FindLastIndex(Is("load")) < events.FindIndex(Is("after")));
        Assert.True(events.FindIndex(Is("after")) < events.FindIndex(Is("disconnect")));
        Assert.Equal(3, Count("after"));

        // What the target says of its spans before it is asked to end is what the ledger must balance with: background work goes on.
        Assert.All(record.Arms, arm => Assert.Equal(70, arm.Spans.SampledCount));
        Assert.All(record.Arms, arm => Assert.Equal(0, arm.Collector!.CpuSeconds));
    }

    [Fact]
    public async Task Nothing_of_the_processes_own_files_is_left()
    {
        await ExecuteAsync(Cancellation);

        Assert.False(Directory.Exists(LaunchFolder + ".scratch"));
    }

    [Fact]
    public async Task Variants_get_their_variables_over_the_targets_and_the_address_that_fits_their_protocol()
    {
        await ExecuteAsync(Cancellation);

        var on = _launcher.Specifications.Single(specification => string.Equals(specification.Arm, "on", StringComparison.Ordinal));
        var off = _launcher.Specifications.Single(specification => string.Equals(specification.Arm, "off", StringComparison.Ordinal));
        Assert.Equal("on", on.Environment["MODE"]);
        Assert.Equal(on.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), on.Environment["COMMON"]);
        Assert.Equal("http://127.0.0.1:4317", on.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("http://127.0.0.1:4318", off.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("0", off.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"]);
        Assert.False(off.Environment.ContainsKey("MODE"));
    }

    [Fact]
    public async Task The_ledger_sets_what_the_target_sampled_beside_what_arrived()
    {
        var record = await ExecuteAsync(Cancellation);

        var spans = record.Arms[0].Spans;
        Assert.Equal(10, spans.CreatedCount);
        Assert.Equal(3, spans.NotSampledCount);
        Assert.Equal(7, spans.SampledCount);
        Assert.Equal(7, spans.ReceivedCount);
    }

    [Fact]
    public async Task A_back_end_is_in_trouble_for_its_share_of_the_rounds_and_both_states_are_kept_apart()
    {
        var small = TestPlans.Small(rounds: 4);
        _plan = small with { Arms = [.. small.Arms.Select(arm => arm.Name == "on" ? arm with { BackEnd = new BackEndFaultDefinition(BackEndFaultKind.Down, null, null, Share: 0.5) } : arm)] };

        var record = await ExecuteAsync(Cancellation);

        Assert.Equal(["trouble on none", "trouble off none", "trouble off' none", "trouble on Down", "trouble on none"], _events.Events.Where(text => Is("trouble")(text)));
        var phases = record.Arms.Single(arm => arm.Arm == "on").BackEnd;
        Assert.Equal([(true, 2), (false, 2)], phases.Select(phase => (phase.InTrouble, phase.RoundCount)));
        Assert.All(phases, phase => Assert.True(phase.ResponseTime!.Count > 0));
        Assert.Equal([(false, 4)], record.Arms[0].BackEnd.Select(phase => (phase.InTrouble, phase.RoundCount)));
        Assert.True(record.Arms.Single(arm => arm.Arm == "on").HadBackEndFault);
    }

    [Fact]
    public async Task Without_such_arms_no_back_end_is_touched()
    {
        var record = await ExecuteAsync(Cancellation);

        Assert.Equal(0, Count("trouble"));
        Assert.All(record.Arms, arm => Assert.Empty(arm.BackEnd));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Predicate<string> Is(string verb) => text => text.StartsWith(verb + " ", StringComparison.Ordinal);

    // A load that takes no time leaves the lab none to rest in, and neighbours a large share of it: neither says anything here.
    private static List<Finding> OfTargets(LaunchRecord record) => [.. record.Findings.Where(finding => finding.Code is not ("lab-busy" or "noisy-neighbour"))];

    private int Count(string verb) => _events.Events.Count(text => Is(verb)(text));

    private async Task<LaunchRecord> ExecuteAsync(CancellationToken cancellationToken)
    {
        var sink = new EmptySink(_events);
        var starter = new ArmStarter(_launcher, sink, (address, _, _) => new RecordingDriver(address, _events) { LateRun = _lateRun, LastAnsweredRun = _lastAnsweredRun }, new RunnerFolders("/root", "/targets", ProbeAssembly: null));
        using var lab = new GeneratorThread(cores: null);
        Directory.CreateDirectory(LaunchFolder);
        return await new LaunchSetExecutor(starter, sink, lab, TimeProvider.System, _after)
            .ExecuteAsync(_plan, number: 1, LaunchFolder, _progress, cancellationToken);
    }
}
