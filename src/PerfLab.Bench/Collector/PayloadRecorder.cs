using PerfLab.Collector;
using PerfLab.Collector.Capture;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Readings;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench.Collector;

/// <summary>Records what a scenario's service exports under load, plain and compressed.</summary>
internal static class PayloadRecorder
{
    private const int Connections = 8;

    // Enough for some hundred batches, little enough to lie in memory twice.
    private const int MaxBytes = 48 * 1024 * 1024;

    // Batches of a full queue have this many spans (OTEL_BSP_MAX_EXPORT_BATCH_SIZE, default); the last ones have fewer.
    private const int FullBatchSpans = 512;

    private static readonly IReadOnlyDictionary<string, string> s_always = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OTEL_TRACES_SAMPLER"] = "parentbased_always_on",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    /// <summary>Starts the service twice, puts it under load, and keeps its full batches.</summary>
    /// <returns>Plain exports and compressed ones.</returns>
    /// <exception cref="TargetFailedException">The service did not start, or exported no full batch.</exception>
    public static async Task<(IReadOnlyList<CapturedExport> Plain, IReadOnlyList<CapturedExport> Compressed)> RecordAsync(
        CollectorBenchOptions options, CancellationToken cancellationToken) =>
        (await RecordAsync(options, "plain", "none", cancellationToken), await RecordAsync(options, "gzip", "gzip", cancellationToken));

    private static async Task<IReadOnlyList<CapturedExport>> RecordAsync(CollectorBenchOptions options, string name, string compression, CancellationToken cancellationToken)
    {
        var arm = new PlannedArm(name, name, "Recorded", ArmRole.Variant, new Dictionary<string, string>(s_always, StringComparer.Ordinal) { ["OTEL_EXPORTER_OTLP_COMPRESSION"] = compression });
        var fixedRate = options.Scenario with { Load = options.Scenario.Load with { RatePerSecond = 1 } };
        var plan = PlanBuilder.Build(fixedRate, pilot: null, placement: null, launchSets: 1);
        await using var receiver = await OtlpReceiver.StartAsync([name], new ReceiverOptions(), cancellationToken);
        using var sockets = new ProbeSocketFolder();
        using var launcher = new TargetLauncher(probeAssembly: null, sockets.Path);
        var starter = new ArmStarter(launcher, new ReceiverSpanSink(receiver), RequestDriverFactory.Create, options.Folders);
        var folder = LeftFolders.CreateTemporary("perflab-bench-");
        try
        {
            await using var alive = new RunningArms(Path.Combine(folder.FullName, name));
            Directory.CreateDirectory(Path.Combine(folder.FullName, name));
            alive.Add(0, await starter.StartAsync(plan, arm, Path.Combine(folder.FullName, name), alive.ScratchFolder, cancellationToken));
            receiver.BeginCapture(name, MaxBytes);
            await Task.Run(() => alive.InPlanOrder[0].Driver.RunClosed(Connections, options.RecordingLength, new LatencyRecorder(), cancellationToken), cancellationToken);
            await alive.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        CapturedExport[] full = [.. receiver.EndCapture(name).Exports.Where(export => PayloadBenchmark.CountSpans(export) == FullBatchSpans)];
        return full.Length > 0
            ? full
            : throw new TargetFailedException($"The service of scenario {options.Scenario.Name} exported no batch of {FullBatchSpans} spans in {options.RecordingLength.TotalSeconds:0.#} s (bench collector). Name a scenario whose service exports over http/protobuf.");
    }
}
