using PerfLab.Collector;
using PerfLab.Collector.Exports;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>Shop under a little load, with the probe in it and a collector of its own, and what the ledger says when it has ended.</summary>
/// <param name="Record">The arm's record.</param>
/// <param name="Losses">Where spans were lost.</param>
internal sealed record TracedShop(ArmRecord Record, IReadOnlyList<SpanLoss> Losses)
{
    private const double RatePerSecond = 100;

    // Every order makes about ten spans: far fewer than the default queue holds.
    private static readonly TimeSpan s_load = TimeSpan.FromSeconds(0.4);

    public SpanLedger Spans => Record.Spans;

    public static async Task<TracedShop> RunAsync(
        IReadOnlyList<(string Name, string Value)> variables, ReceiverOptions options, BackEndFault? fault = null, Action<int>? beforeStop = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The probe answers over a Unix socket, and processes are stopped by signals.");
        var cancellation = TestContext.Current.CancellationToken;
        var root = FindRoot();
        var folder = Directory.CreateTempSubdirectory("pl-").FullName;
        var arm = new PlannedArm("arm", "arm", "The arm.", ArmRole.Variant, variables.ToDictionary(pair => pair.Name, pair => pair.Value));
        var scenario = ScenarioFile.Load(Path.Combine(root, "scenarios", "smoke.yaml"));
        var plan = PlanBuilder.Build(scenario with { Load = scenario.Load with { RatePerSecond = RatePerSecond } }, pilot: null, placement: null, launchSets: 1);
        try
        {
            await using var receiver = await OtlpReceiver.StartAsync([arm.Name], options, cancellation);
            using var launcher = new TargetLauncher(Path.Combine(root, "artifacts", "probe", "PerfLab.Probe.dll"), folder);
            var spans = new ReceiverSpanSink(receiver);
            var starter = new ArmStarter(launcher, spans, RequestDriverFactory.Create, new RunnerFolders(root, Path.Combine(root, "artifacts", "targets"), ProbeAssembly: null));
            await using var alive = new RunningArms(Path.Combine(folder, "launch"));
            Directory.CreateDirectory(Path.Combine(folder, "launch"));
            alive.Add(0, await starter.StartAsync(plan, arm, Path.Combine(folder, "launch"), alive.ScratchFolder, cancellation));
            if (fault is not null)
            {
                await receiver.InjectFaultAsync(arm.Name, fault, cancellation);
            }

            return await MeasureAsync(alive, spans, beforeStop, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TracedShop> MeasureAsync(RunningArms alive, ReceiverSpanSink spans, Action<int>? beforeStop, CancellationToken cancellation)
    {
        var instance = alive.InPlanOrder[0];
        var result = await Task.Run(() => instance.Driver.RunOpen(ArrivalSchedule.Constant(RatePerSecond, s_load), new LatencyRecorder(), cancellation), cancellation);
        Assert.True(result.Counts.Answered > 0, "Shop answers orders.");
        instance.AnsweredCount = result.Counts.Answered;
        instance.Measured.Closing = instance.ReadFull();
        beforeStop?.Invoke(instance.Processes[0].ProcessId);
        var exitCodes = (await alive.StopAsync())[instance];
        await spans.CloseAsync(instance.Plan);
        var record = new ArmRecord
        {
            Arm = instance.Plan.Name,
            Processes = [.. instance.Processes.Zip(exitCodes, (process, code) => new ProcessRecord(process.Name, process.ProcessId, process.ReadySeconds, process.Readings.Name, code))],
            WarmUp = new WarmUpRecord(0, 0, null, []),
            Slices = [],
            ClosingReading = instance.Measured.Closing.Reading,
            ResponseTime = null,
            ServiceTime = null,
            StartLateness = null,
            Spans = SpanLedgerBuilder.Balance(instance, spans.Read(instance.Plan)),
        };
        return new TracedShop(record, SpanLoss.Of(record.Spans, record.Processes));
    }

    public static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "PerfLab.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
