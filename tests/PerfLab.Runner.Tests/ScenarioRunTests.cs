using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Tests.LaunchSets;

namespace PerfLab.Runner.Tests;

/// <summary>When the number of launch sets is fixed, and that it is fixed once.</summary>
public sealed class ScenarioRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-test-").FullName;
    private readonly EventLog _events = new();
    private readonly PlanLog _progress = new();

    // Doubles take no time, so the lab never rests: with this many processors that does not make it a busy one.
    private readonly Placement _roomy = new([0], [.. Enumerable.Range(0, 64)]);

    [Fact]
    public async Task Without_a_precision_the_scenarios_number_is_planned_and_run()
    {
        Assert.Equal(RunEndReason.Completed, await RunAsync(sizing: null));

        Assert.Equal([6], _progress.Planned);
        Assert.Equal(6, Launches);
    }

    [Fact]
    public async Task A_spread_that_is_known_fixes_the_number_before_the_first_launch_set()
    {
        var sizing = new ScriptedSizing(pilot: 0, chosen: 7);

        await RunAsync(sizing);

        Assert.Equal([7], _progress.Planned);
        Assert.Equal([0], sizing.Seen);
        Assert.Equal(7, Launches);
    }

    [Fact]
    public async Task A_spread_that_must_be_seen_fixes_the_number_after_as_many_launch_sets_and_they_count()
    {
        var sizing = new ScriptedSizing(pilot: 2, chosen: 3);

        await RunAsync(sizing);

        Assert.Equal([6, 3], _progress.Planned);
        Assert.Equal([2], sizing.Seen);
        Assert.Equal(3, Launches);
        Assert.Equal(3, new RunFolder(_folder).ReadPlan().LaunchSets);
        Assert.True(new RunFolder(_folder).ReadOutcome()!.Completed);
    }

    [Fact]
    public async Task A_run_ends_at_the_first_planned_look_that_leaves_nothing_undecided()
    {
        var stopping = new ScriptedStopping([2, 4, 6], look => look < 4 ? ["on"] : []);

        Assert.Equal(RunEndReason.Decided, await RunAsync(sizing: null, stopping));

        Assert.Equal([2, 4], stopping.Seen);
        Assert.Equal(4, Launches);
        Assert.True(new RunFolder(_folder).ReadOutcome()!.Completed);
        Assert.Equal([2, 4, 6], new RunFolder(_folder).ReadPlan().Looks);
    }

    [Fact]
    public async Task A_run_that_is_never_decided_has_all_its_launch_sets()
    {
        var stopping = new ScriptedStopping([2, 6], _ => ["on"]);

        Assert.Equal(RunEndReason.Completed, await RunAsync(sizing: null, stopping));

        Assert.Equal([2], stopping.Seen);
        Assert.Equal(6, Launches);
    }

    [Fact]
    public async Task A_resumed_run_keeps_its_plan_and_adds_the_launch_sets_that_are_missing()
    {
        await RunAsync(sizing: null, new ScriptedStopping([2, 6], _ => []));
        var folder = new RunFolder(_folder);
        var first = folder.ReadOutcome()!;
        Directory.CreateDirectory(folder.UnfinishedLaunchFolder(3));

        await RunAsync(sizing: null, resumed: new ResumedRun(folder.ReadPlan() with { Looks = [] }, 2, 0, 2, first.DurationSeconds, []));

        Assert.Equal([1, 2, 3, 4, 5, 6], folder.ReadLaunches().Select(launch => launch.Number));
        var outcome = folder.ReadOutcome()!;
        Assert.Equal((true, 6), (outcome.Completed, outcome.ValidLaunchSets));
        Assert.Equal([2], outcome.ResumedAfterLaunchSets);
        Assert.True(outcome.DurationSeconds > first.DurationSeconds);
        Assert.False(Directory.Exists(folder.UnfinishedLaunchFolder(3)));
    }

    // 1.08 * (3 * 0.25 s of warm-up + 2 s of stopping + 0.06 s a round): 33 s hold 5 launch sets of 40 rounds, and 7 of at most 25.
    [Fact]
    public async Task Rounds_give_way_where_the_budget_does_not_hold_the_launch_sets_that_a_verdict_takes()
    {
        var scenario = Scenario();
        scenario = scenario with
        {
            Target = scenario.Target with { Processes = [scenario.Target.Processes[0] with { Environment = new Dictionary<string, string> { ["OTEL_TRACES_EXPORTER"] = "none" } }] },
            Design = scenario.Design with { Rounds = 40, Budget = TimeSpan.FromSeconds(33) },
        };

        await RunAsync(sizing: null, scenario: scenario, floor: 6);

        var plan = new RunFolder(_folder).ReadPlan();
        Assert.Equal((6, 40), (plan.LaunchSets, plan.StatedRounds));
        Assert.InRange(plan.Rounds, 20, 25);
        Assert.InRange(plan.AffordableLaunchSets ?? 0, 6, 7);
        Assert.All(new RunFolder(_folder).ReadLaunches(), launch => Assert.InRange(launch.Arms[0].CountedSlices.Count(), plan.Rounds * 3 / 4, plan.Rounds));
    }

    // The clock of a session starts anew: the 53 launch sets before it took none of its time.
    [Fact]
    public async Task A_resumed_run_fixes_its_number_by_the_time_that_its_own_launch_sets_take()
    {
        var sizing = new ScriptedSizing(pilot: 4, chosen: 4);
        var budget = TimeSpan.FromMinutes(10);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        sizing.Choosing = () => clock.Stop();

        await RunAsync(sizing, resumed: new ResumedRun(TestPlans.Small() with { BudgetSeconds = budget.TotalSeconds }, 3, 50, 53, 0, []));

        // One launch set has been measured in at most the time of this clock, and not in a tenth of it.
        Assert.InRange(Assert.Single(sizing.Affordable), 0, 4 + (10 * budget / clock.Elapsed));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private int Launches => new RunFolder(_folder).ReadLaunches().Count;

    private async Task<RunEndReason> RunAsync(ILaunchSetSizing? sizing, IStoppingRule? stopping = null, ResumedRun? resumed = null, Scenario? scenario = null, int floor = 1)
    {
        using var lab = new GeneratorThread(null);
        var starter = new ArmStarter(
            new RecordingLauncher(_events),
            new EmptySink(new EventLog()),
            (address, _, _) => new RecordingDriver(address, _events),
            new RunnerFolders(_folder, _folder, "probe.dll"));
        var run = new ScenarioRun(
            scenario ?? Scenario(),
            scenario ?? Scenario(),
            new RunFolder(_folder),
            new LaunchSetExecutor(starter, new EmptySink(new EventLog()), lab, TimeProvider.System),
            new PilotRun(starter, lab, Path.Combine(_folder, "pilot")),
            _roomy,
            new RunRules(floor, sizing, stopping),
            _progress,
            resumed);
        var end = await run.ExecuteAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(end == RunEndReason.Voided, "A hypervisor or other programs took so much of this machine that three launch sets in a row were voided. Run the tests alone.");
        return end;
    }

    private static Scenario Scenario()
    {
        var plan = TestPlans.Small();
        return new Scenario
        {
            Name = plan.Scenario,
            Question = plan.Question,
            Target = plan.Target,
            Load = new LoadDefinition { RatePerSecond = plan.RatePerSecond, CapacityShare = 0.5, Arrivals = plan.Arrivals, MaxInFlight = plan.MaxInFlight },
            Design = new DesignDefinition
            {
                LaunchSets = plan.LaunchSets,
                Precision = [],
                Rounds = plan.Rounds,
                Slice = TimeSpan.FromSeconds(plan.SliceSeconds),
                WarmUp = TimeSpan.FromSeconds(plan.WarmUpSeconds),
                WarmUpLimit = TimeSpan.FromSeconds(plan.WarmUpLimitSeconds),
                Budget = TimeSpan.FromMinutes(10),
                Runtime = plan.Runtime,
                Seed = plan.Seed,
            },
            Variants = [.. plan.Arms.Where(arm => arm.Role != ArmRole.Control).Select(arm => new Variant(arm.Name, arm.Meaning, arm.Environment))],
            Baseline = "off",
            PracticalThresholds = new Dictionary<MetricId, double>(),
            Thresholds = [],
        };
    }

    private sealed class ScriptedSizing(int pilot, int chosen) : ILaunchSetSizing
    {
        public List<int> Seen { get; } = [];

        public List<int> Affordable { get; } = [];

        public Action Choosing { get; set; } = () => { };

        public int PilotLaunchSets => pilot;

        public Plan Choose(Plan plan, IReadOnlyList<LaunchRecord> launches, int affordable)
        {
            Choosing();
            Seen.Add(launches.Count);
            Affordable.Add(affordable);
            return plan with { LaunchSets = chosen };
        }
    }

    private sealed class ScriptedStopping(int[] looks, Func<int, string[]> undecided) : IStoppingRule
    {
        public List<int> Seen { get; } = [];

        public IReadOnlyList<int> Looks(Plan plan) => looks;

        public IReadOnlyList<string> UndecidedArms(Plan plan, IReadOnlyList<LaunchRecord> launches)
        {
            Seen.Add(launches.Count);
            return undecided(launches.Count);
        }
    }

    private sealed class PlanLog : IRunProgress
    {
        public List<int> Planned { get; } = [];

        void IRunProgress.Planned(Plan plan) => Planned.Add(plan.LaunchSets);

        public void Report(RunStep step)
        {
        }

        public void LaunchSetDone(int number, bool isValid, IReadOnlyList<Finding> findings, TimeSpan remaining)
        {
        }
    }
}
