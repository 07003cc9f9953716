using PerfLab.Experiments.Plans;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Tests.LaunchSets;

namespace PerfLab.Runner.Tests;

/// <summary>The pilot leaves services room, whatever a closed loop said of them.</summary>
public class OpenLoopPilotTests
{
    [Fact]
    public void A_rate_that_leaves_room_is_kept()
    {
        var trial = Find(1000, cores: 1, Constant(0.0005), Constant(0.0007))!;

        Assert.Equal(("arm 1", 1000), (trial.BusiestArm, trial.RatePerSecond));
        Assert.Equal(0.7, trial.BusyShare, 9);
    }

    [Fact]
    public void A_rate_that_saturates_the_busiest_arm_is_lowered_until_it_does_not()
    {
        var trial = Find(1500, cores: 1, Constant(0.0003), Constant(0.00068))!;

        Assert.Equal("arm 1", trial.BusiestArm);
        Assert.Equal(0.76, trial.BusyShare, 9);
        Assert.Equal(0.76 / 0.00068, trial.RatePerSecond, 6);
    }

    // What Shop showed on 2026-11-23: 667 us at 1,500/s, 779 at 1,200, 874 at 800, with straight lines between.
    [Fact]
    public void A_request_that_costs_more_at_a_lower_rate_is_followed_down()
    {
        var trial = Find(1500, cores: 1, rate => rate > 1200 ? 0.000779 - ((rate - 1200) * 0.112e-6 / 0.3) : 0.000874 - ((rate - 800) * 0.095e-6 / 0.4))!;

        Assert.InRange(trial.BusyShare, 0.7, 0.8);
        Assert.InRange(trial.RatePerSecond, 850, 1000);
    }

    [Fact]
    public void Two_processors_bear_twice_as_much() =>
        Assert.Equal(2000, Find(2000, cores: 2, Constant(0.0007))!.RatePerSecond);

    // 1,000/s at 1 ms keep a processor fully busy; the next step aims at 95 % of the limit.
    [Theory]
    [InlineData(0.95, 902.5)]
    [InlineData(0.5, 475)]
    public void A_scenario_may_ask_for_a_busier_or_an_idler_service(double busyShare, double rate) =>
        Assert.Equal(rate, Pilot(1, busyShare, new ScriptedService(Constant(0.001))).Find(1000, TestContext.Current.CancellationToken)!.RatePerSecond, 20.0);

    [Fact]
    public void Only_the_busiest_arm_is_tried_again()
    {
        var idle = new ScriptedService(Constant(0.0001));
        var busy = new ScriptedService(Constant(0.001));

        Pilot(1, idle, busy).Find(1000, TestContext.Current.CancellationToken);

        Assert.Equal((5, 10), (idle.Runs.Count, busy.Runs.Count));
        Assert.Equal(idle.Runs, busy.Runs.Take(5));
    }

    // The second arm exports in the first one's turns, 40 ms of CPU in each of five: 200 ms more in a second of load.
    [Fact]
    public void What_an_arm_does_while_others_have_their_turn_is_charged_to_it()
    {
        var exporting = new ScriptedService(Constant(0.0005));
        var other = new ScriptedService(Constant(0.0001)) { Meanwhile = () => exporting.Burn(0.04) };

        var trial = Pilot(1, other, exporting).Find(1000, TestContext.Current.CancellationToken)!;

        Assert.Equal("arm 1", trial.BusiestArm);
        Assert.Equal(0.5 + (0.2 / exporting.Runs.Sum() * 1000), trial.BusyShare, 9);
    }

    [Fact]
    public void Visits_are_as_long_as_the_slices_that_are_measured()
    {
        var service = new ScriptedService(Constant(0.0005));

        Pilot(TestPlans.Small() with { SliceSeconds = 0.05 }, 1, 0.8, service).Find(1000, TestContext.Current.CancellationToken);

        Assert.Equal(20, service.Runs.Count);
        Assert.InRange(service.Runs.Average(), 40, 60);
    }

    [Fact]
    public void The_plan_is_told_what_was_allowed() =>
        Assert.Equal(0.95, Pilot(1, 0.95, new ScriptedService(Constant(0.0005))).Find(1000, TestContext.Current.CancellationToken)!.AllowedBusyShare);

    [Fact]
    public void An_arm_that_is_busy_at_every_rate_does_not_hold_the_pilot_up()
    {
        var service = new ScriptedService(rate => 1 / rate);

        var trial = Pilot(1, service).Find(1000, TestContext.Current.CancellationToken)!;

        Assert.Equal(30, service.Runs.Count);
        Assert.InRange(trial.BusyShare, 0.9, 1.1);
    }

    [Fact]
    public void Where_cpu_time_cannot_be_read_nothing_is_said() =>
        Assert.Null(Find(1000, cores: 1, Constant(0.0005), _ => null));

    private static Func<double, double?> Constant(double cpuSeconds) => _ => cpuSeconds;

    private static OpenLoopTrial? Find(double rate, int cores, params Func<double, double?>[] costs) =>
        Pilot(cores, [.. costs.Select(cost => new ScriptedService(cost))]).Find(rate, TestContext.Current.CancellationToken);

    private static OpenLoopPilot Pilot(int cores, params ScriptedService[] services) => Pilot(cores, 0.8, services);

    private static OpenLoopPilot Pilot(int cores, double busyShare, params ScriptedService[] services) =>
        Pilot(TestPlans.Small() with { SliceSeconds = 0.2 }, cores, busyShare, services);

    private static OpenLoopPilot Pilot(Plan draft, int cores, double busyShare, params ScriptedService[] services) => new(
        draft,
        cores,
        busyShare,
        [.. services.Select((service, index) => new RunningArm(
            new PlannedArm($"arm {index}", $"arm-{index}", "An arm.", ArmRole.Variant, new Dictionary<string, string>()),
            [service],
            service) { Address = new Uri("http://127.0.0.1:1/") })],
        new SilentProgress());
}
