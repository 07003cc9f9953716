using System.Diagnostics;
using PerfLab.Collector;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>Allocated bytes of a service that hardly allocates, over windows of 25 requests: the approximate counter of the runtime runs backwards there.</summary>
public sealed class AllocationReadingTests : IAsyncLifetime
{
    private const int Requests = 25;
    private static readonly ArrivalSchedule s_slice = ArrivalSchedule.Constant(Requests / 0.1, TimeSpan.FromSeconds(0.1));
    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;
    private OtlpReceiver? _receiver;
    private TargetLauncher? _launcher;
    private RunningArms? _alive;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The probe answers over a Unix socket.");
        var cancellation = TestContext.Current.CancellationToken;
        var root = TracedShop.FindRoot();
        var scenario = ScenarioFile.Load(Path.Combine(root, "scenarios", "smoke.yaml"));
        var health = scenario.Target.Requests[0] with { Name = "health", Method = "GET", Path = "/health", Headers = new Dictionary<string, string>(), Body = null };
        var plan = PlanBuilder.Build(scenario with { Target = scenario.Target with { Requests = [health] } }, pilot: null, placement: null, launchSets: 1);
        var arm = plan.Arms[0];
        _receiver = await OtlpReceiver.StartAsync([arm.Name], new ReceiverOptions(), cancellation);
        _launcher = new TargetLauncher(Path.Combine(root, "artifacts", "probe", "PerfLab.Probe.dll"), _folder);
        var starter = new ArmStarter(_launcher, new ReceiverSpanSink(_receiver), RequestDriverFactory.Create, new RunnerFolders(root, Path.Combine(root, "artifacts", "targets"), ProbeAssembly: null));
        _alive = new RunningArms(Path.Combine(_folder, "launch"));
        _alive.Add(0, await starter.StartAsync(plan, arm, Path.Combine(_folder, "launch"), _alive.ScratchFolder, cancellation));
    }

    [Fact]
    public async Task A_reading_never_lies_below_the_one_before()
    {
        var arm = _alive!.InPlanOrder[0];
        var cancellation = TestContext.Current.CancellationToken;

        var readings = await Task.Run(
            () =>
            {
                List<long> bytes = [arm.ReadFull().Reading.AllocatedBytes!.Value];
                for (var launch = 0; launch < 10; launch++)
                {
                    for (var round = 0; round < 2; round++)
                    {
                        Assert.Equal(Requests, arm.Driver.RunOpen(s_slice, new LatencyRecorder(), cancellation).Counts.Answered);
                        bytes.Add(arm.Read().AllocatedBytes!.Value);
                    }

                    bytes.Add(arm.ReadFull().Reading.AllocatedBytes!.Value);
                }

                return bytes;
            },
            cancellation);

        Assert.Equal(readings.Order(), readings);

        // Every request allocates, so no window of 25 is empty: the approximate counter shows 0 and then 8 KiB at once.
        var windows = readings.Zip(readings.Skip(1), (before, after) => after - before).Where((_, index) => index % 3 != 2);
        Assert.All(windows, window => Assert.True(window > Requests * 100, $"{window} bytes for {Requests} requests"));
    }

    [Fact]
    public async Task A_precise_reading_takes_less_than_a_thousandth_of_a_second()
    {
        var arm = _alive!.InPlanOrder[0];
        var times = await Task.Run(
            () => Enumerable.Range(0, 500).Select(_ =>
            {
                var start = Stopwatch.GetTimestamp();
                arm.Read();
                return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }).Order().ToList(),
            TestContext.Current.CancellationToken);

        // The quickest tenth: on a busy machine the others wait for a processor.
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"p10 {times[50]:0} us, median {times[250]:0} us, p90 {times[450]:0} us"));
        Assert.InRange(times[50], 0, 1_000);
    }

    public async ValueTask DisposeAsync()
    {
        if (_alive is not null)
        {
            await _alive.DisposeAsync();
        }

        _launcher?.Dispose();
        if (_receiver is not null)
        {
            await _receiver.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
