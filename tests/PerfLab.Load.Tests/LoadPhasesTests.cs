using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Drivers;
using PerfLab.Load.Tests.Servers;

namespace PerfLab.Load.Tests;

public sealed class LoadPhasesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Fact]
    public void A_ramp_from_zero_starts_where_the_parabola_says()
    {
        // From 0 to 200/s in 1 s: the k-th start is at sqrt(k / 100) s, and there are 100.
        var schedule = Open(new LoadSimulation.RampingInject(200, Second));

        Assert.Equal(100, schedule.Count);
        for (var k = 0; k < 100; k++)
        {
            Assert.Equal(Math.Sqrt(k / 100.0), schedule.OffsetsNanoseconds[k] / 1e9, tolerance: 1e-8);
        }
    }

    [Fact]
    public void A_ramp_goes_on_from_the_rate_before_it()
    {
        // 1 s at 100/s, then in 1 s from 100 to 300/s: 100 + 200 starts; the k-th of the ramp is at the root of 100 t + 100 t^2 = k.
        var schedule = Open(new LoadSimulation.Inject(100, Second), new LoadSimulation.RampingInject(300, Second));

        Assert.Equal(300, schedule.Count);
        Assert.Equal(2, schedule.Duration.TotalSeconds);
        for (var k = 0; k < 200; k++)
        {
            var t = (-1 + Math.Sqrt(1 + (4 * k / 100.0))) / 2;
            Assert.Equal(1 + t, schedule.OffsetsNanoseconds[100 + k] / 1e9, tolerance: 1e-8);
        }
    }

    [Fact]
    public void A_ramp_down_to_zero_ends_in_time()
    {
        var schedule = Open(new LoadSimulation.Inject(100, Second), new LoadSimulation.RampingInject(0, Second));

        Assert.Equal(150, schedule.Count);
        Assert.InRange(schedule.OffsetsNanoseconds[^1], 1_000_000_000, 2_000_000_000);
    }

    [Fact]
    public void Open_stretches_and_the_pauses_between_them_are_one_schedule()
    {
        var schedule = Open(
            new LoadSimulation.Inject(10, Second), new LoadSimulation.Pause(Second), new LoadSimulation.IterationsForInject(10, 5));

        Assert.Equal(15, schedule.Count);
        Assert.Equal(2_000_000_000, schedule.OffsetsNanoseconds[10]);
        Assert.Equal(2.5, schedule.Duration.TotalSeconds);
    }

    [Fact]
    public void A_ramp_after_a_pause_begins_at_zero()
    {
        var schedule = Open(new LoadSimulation.Inject(100, Second), new LoadSimulation.Pause(Second), new LoadSimulation.RampingInject(100, Second));

        Assert.Equal(100 + 50, schedule.Count);
    }

    [Fact]
    public void Random_stretches_are_seeded_and_differ_from_each_other()
    {
        LoadSimulation[] simulations = [new LoadSimulation.InjectRandom(500, Second), new LoadSimulation.InjectRandom(500, Second)];
        var one = ((LoadPhase.Open)LoadPhases.Create(simulations, 1)[0]).Schedule;
        var same = ((LoadPhase.Open)LoadPhases.Create(simulations, 1)[0]).Schedule;
        var other = ((LoadPhase.Open)LoadPhases.Create(simulations, 2)[0]).Schedule;

        Assert.Equal(one.OffsetsNanoseconds, same.OffsetsNanoseconds);
        Assert.False(one.OffsetsNanoseconds.SequenceEqual(other.OffsetsNanoseconds));
        var second = one.OffsetsNanoseconds.ToArray().Where(offset => offset >= 1_000_000_000).Select(offset => offset - 1_000_000_000);
        Assert.NotEqual(one.OffsetsNanoseconds[..10].ToArray(), second.Take(10));
    }

    [Fact]
    public void Kinds_that_alternate_are_phases_of_their_own()
    {
        var phases = LoadPhases.Create(
            LoadSimulationSyntax.Parse("pause(1s), inject(10, 1s), keep_constant(5, 1s), ramping_constant(10, 1s), iterations_for_constant(2, 100), pause(1s)"), 1);

        Assert.Collection(
            phases,
            phase => Assert.IsType<LoadPhase.Pause>(phase),
            phase => Assert.IsType<LoadPhase.Open>(phase),
            phase => Assert.Equal(2, Assert.IsType<LoadPhase.Closed>(phase).Load.Duration!.Value.TotalSeconds),
            phase => Assert.Equal(100, Assert.IsType<LoadPhase.Closed>(phase).Load.MaxIterations),
            phase => Assert.IsType<LoadPhase.Pause>(phase));
    }

    [Theory]
    [InlineData("iterations_for_inject(1e-12, 5)", "longer than 1000h")]
    [InlineData("iterations_for_inject(1000, 2147483647)", "more than 250000000")]
    [InlineData("inject(1000000, 200s), inject(1000000, 200s)", "with those before it")]
    [InlineData("inject(1000000, 200s), ramping_inject(0, 200s)", "with those before it")]
    public void A_load_that_no_machine_can_hold_is_refused_before_it_is_made(string text, string said) =>
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => LoadPhases.Create(LoadSimulationSyntax.Parse(text), seed: 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2000h")]
    [InlineData("1000000000000h")]
    public void A_duration_that_no_timer_can_wait_is_refused(string text) =>
        Assert.Contains("longer than 1000h", Assert.Throws<FormatException>(() => QuantitySyntax.Duration(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Users_ramp_in_a_straight_line()
    {
        var phases = LoadPhases.Create(LoadSimulationSyntax.Parse("keep_constant(10, 1s), ramping_constant(30, 2s), ramping_constant(0, 1s)"), 1);
        var load = Assert.IsType<LoadPhase.Closed>(Assert.Single(phases)).Load;

        double[] seconds = [0, 0.99, 1.0, 2.0, 2.95, 3.5, 4.0];
        Assert.Equal([10, 10, 10, 20, 30, 15, 0], seconds.Select(load.UsersAt));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused_by_name()
    {
        LoadSimulation[] bad =
        [
            new LoadSimulation.Inject(0, Second),
            new LoadSimulation.Inject(double.NaN, Second),
            new LoadSimulation.Inject(1, TimeSpan.Zero),
            new LoadSimulation.Inject(1e9, TimeSpan.FromHours(1)),
            new LoadSimulation.KeepConstant(0, Second),
            new LoadSimulation.RampingConstant(-1, Second),
            new LoadSimulation.IterationsForConstant(1, 0),
            new LoadSimulation.Pause(TimeSpan.FromSeconds(-1)),
        ];

        Assert.All(bad, simulation => Assert.Contains(simulation.GetType().Name, Assert.Throws<ArgumentException>(() => LoadPhases.Create([simulation], 1)).Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => LoadPhases.Create([], 1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_session_runs_its_phases_and_adds_them_up(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var recorder = new LatencyRecorder();
        var phases = LoadPhases.Create(
            LoadSimulationSyntax.Parse("iterations_for_inject(200, 20), iterations_for_constant(3, 50), pause(10ms), inject(100, 100ms)"), 1);

        var result = LoadSession.Run(driver, phases, recorder, limit.Token);

        Assert.Empty(result.Errors);
        Assert.Equal(80, result.Counts.Started);
        Assert.Equal(80, result.Counts.Answered);
        Assert.Equal(80, recorder.ServiceTime!.Count);
        Assert.Equal(30, recorder.StartLateness!.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_number_of_requests_ends_a_closed_loop_exactly(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var result = driver.RunClosed(ClosedLoad.ForIterations(7, 100), new LatencyRecorder(), limit.Token);

        Assert.Equal(100, result.Counts.Started);
        Assert.Equal(100, result.Counts.Answered);
        Assert.InRange(server.AcceptedCount, 1, 7);
        Assert.True(result.ScheduledSeconds > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_ramp_of_users_uses_no_more_connections_than_users(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var phases = LoadPhases.Create(LoadSimulationSyntax.Parse("ramping_constant(6, 300ms), ramping_constant(1, 200ms)"), 1);

        var result = LoadSession.Run(driver, phases, new LatencyRecorder(), limit.Token);

        Assert.Empty(result.Errors);
        Assert.True(result.Counts.Answered > 6);
        // HttpClient's pool begins a connection for a request that then takes one which has become free: some more than users.
        Assert.InRange(server.AcceptedCount, 2, kind == DriverKind.HttpClient ? 12 : 6);
    }

    [Fact]
    public void A_cancelled_session_stops_in_a_pause()
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, DriverKind.Auto);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var result = LoadSession.Run(driver, LoadPhases.Create(LoadSimulationSyntax.Parse("pause(1h), inject(1, 1s)"), 1), new LatencyRecorder(), cancel.Token);

        Assert.True(result.WasCancelled);
        Assert.Equal(0, result.Counts.Offered);
    }

    private static ArrivalSchedule Open(params LoadSimulation[] simulations) =>
        Assert.IsType<LoadPhase.Open>(Assert.Single(LoadPhases.Create(simulations, seed: 1))).Schedule;
}
