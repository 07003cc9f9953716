using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;
using PerfLab.Load.Drivers;
using PerfLab.Load.NullServers;
using PerfLab.Load.Workloads;
using PerfLab.Runner.Capacity;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Tests.LaunchSets;

namespace PerfLab.Runner.Tests;

/// <summary>The search over real connections, on a server whose capacity is known by arithmetic.</summary>
public sealed class CapacitySearchTests : IDisposable
{
    private readonly EventLog _events = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-test-").FullName;

    [Fact]
    public void A_server_that_works_for_two_milliseconds_on_one_request_at_a_time_holds_less_than_five_hundred()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The null server needs Linux.");
        using var server = new NullServer(new NullServerOptions { Delay = TimeSpan.FromMilliseconds(2), IsOneAtATime = true });
        using var stop = new CancellationTokenSource();
        var serving = new Thread(() => server.Run(stop.Token)) { IsBackground = true };
        serving.Start();
        var plan = TestPlans.Small(rounds: 12);
        var mix = RequestMix.Create(new Uri($"http://127.0.0.1:{server.Port}"), plan.Target.Requests, plan.Seed);
        using var driver = RequestDriverFactory.Create(new Uri($"http://127.0.0.1:{server.Port}"), mix, new DriverOptions { MaxInFlight = 4096 });
        using var arm = new RunningArm(plan.Arms[0], [], driver) { Address = new Uri("http://127.0.0.1:1") };
        var trial = new SloTrial([Threshold.Parse("p(90)<40")], TimeSpan.FromMilliseconds(200), ArrivalProcess.Poisson);
        var walk = new SloStaircase(1000);
        var tried = new List<CapacityTrial>();
        while (tried.Count < 40 && tried.Count(one => one.Holds is not null) < 10)
        {
            tried.Add(trial.Run(arm.Driver, walk.RatePerSecond, seed: (ulong)tried.Count, TestContext.Current.CancellationToken));
            if (tried[^1].Holds is { } holds)
            {
                walk.Record(holds);
            }
        }

        stop.Cancel();
        Assert.True(serving.Join(TimeSpan.FromSeconds(10)), "the null server did not stop");

        // 500 a second is what it can answer at best; within 200 ms a burst may bring a little more while nobody waits 40 ms.
        // A loaded machine makes it less, and a try during which the generator was late says nothing.
        Assert.DoesNotContain(tried, one => one.Holds == true && one.RatePerSecond > 700);
        Assert.All(tried, one => Assert.Equal(0, one.DroppedCount));
        Assert.SkipUnless(tried.Count(one => one.Holds is not null) == 10, "The machine is too busy to keep a schedule.");
        Assert.InRange(walk.RatePerSecond, 1, 800);
    }

    [Fact]
    public async Task Every_arm_tries_a_rate_in_every_round_and_all_are_stopped()
    {
        var record = await RunAsync(new RecordingLauncher(_events));

        Assert.Equal(["off", "off'", "on"], record.Arms.Select(arm => arm.Arm));
        
        // Everything is answered at once: every rate holds, each is higher than the one before, and there is no highest, also
        // not after three times the five planned rounds.
        Assert.All(record.Arms, arm => Assert.Equal(15, arm.Trials.Count));
        Assert.All(record.Arms, arm => Assert.True(arm.Trials.Zip(arm.Trials.Skip(1)).All(pair => pair.First.RatePerSecond < pair.Second.RatePerSecond)));
        Assert.All(record.Arms, arm => Assert.Null(arm.RequestsPerSecond));
        Assert.Equal(3, _events.Events.Count(line => line.StartsWith("stop", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_target_that_does_not_start_ends_the_launch_set_with_everything_stopped()
    {
        await Assert.ThrowsAsync<PerfLab.Runner.Targets.TargetFailedException>(() => RunAsync(new RecordingLauncher(_events) { FailingArm = "on" }));

        var started = _events.Events.Count(line => line.StartsWith("start", StringComparison.Ordinal)) - 1;
        Assert.Equal(started, _events.Events.Count(line => line.StartsWith("stop", StringComparison.Ordinal)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<CapacityLaunch> RunAsync(RecordingLauncher launcher)
    {
        using var lab = new GeneratorThread(cores: null);
        var starter = new ArmStarter(launcher, new EmptySink(_events), (address, _, _) => new RecordingDriver(address, _events), new("root", "targets", "probe"));
        var trial = new SloTrial([Threshold.Parse("p(99)<20")], TimeSpan.FromMilliseconds(10), ArrivalProcess.Constant);
        return await new CapacityLaunchSet(starter, lab, trial, _folder, new SilentProgress()).RunAsync(TestPlans.Small(rounds: 5), 1, TestContext.Current.CancellationToken);
    }
}
