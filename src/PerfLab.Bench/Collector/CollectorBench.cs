using System.Globalization;
using PerfLab.Collector;
using PerfLab.Collector.Capture;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench.Collector;

/// <summary>Measures the collector: recorded exports of a real service over loopback, collector and sender on a processor each.</summary>
public sealed class CollectorBench
{
    // The sampling scenario on a shared 2-core machine: about 2,200 orders per second of 11 spans each.
    private const double ScenarioSpansPerSecond = 24_200;

    private readonly CollectorBenchOptions _options;
    private readonly Action<string> _tell;
    private readonly ReceiverProcess _receiver;

    private CollectorBench(CollectorBenchOptions options, Action<string> tell, ReceiverProcess receiver)
    {
        _options = options;
        _tell = tell;
        _receiver = receiver;
    }

    /// <summary>Runs the whole bench. This process stays on the sender's processor afterwards.</summary>
    /// <param name="options">How long, and whose exports.</param>
    /// <param name="time">The clock of the record.</param>
    /// <param name="tell">Is told what is going on, a line at a time.</param>
    /// <param name="cancellationToken">Ends it; everything that was started is stopped.</param>
    /// <returns>What was measured, without goals.</returns>
    /// <exception cref="TargetFailedException">The service or the collector failed, or this machine cannot separate two programs.</exception>
    public static async Task<CollectorBenchRecord> RunAsync(CollectorBenchOptions options, TimeProvider time, Action<string> tell, CancellationToken cancellationToken)
    {
        var cores = CpuPlacement.AllowedProcessors();
        if (cores is not { Count: >= 2 })
        {
            throw new TargetFailedException("The bench needs Linux with taskset and two processors (bench collector). Run it on a machine that has them.");
        }

        var started = time.GetUtcNow();
        tell($"Recording what the service of scenario {options.Scenario.Name} exports");
        var (plain, compressed) = await PayloadRecorder.RecordAsync(options, cancellationToken);
        ProcessAffinity.Move(Environment.ProcessId, [cores[0]]);
        await using var receiver = await ReceiverProcess.StartAsync(options.Program, cores[1], cancellationToken);
        var bench = new CollectorBench(options, tell, receiver);
        var rounds = await bench.RunRoundsAsync(plain, compressed, cancellationToken);
        var pace = await bench.PaceAsync(plain, cancellationToken);
        tell("Every step without a network");
        return new CollectorBenchRecord
        {
            FormatVersion = CollectorBenchRecord.CurrentFormatVersion,
            Started = started,
            Machine = MachineInspector.Read(),
            CollectorCore = cores[1],
            SenderCore = cores[0],
            Scenario = options.Scenario.Name,
            Payloads = [Describe(plain, compressed: false), Describe(compressed, compressed: true)],
            Rounds = rounds,
            Pace = pace,
            Stages = [.. PayloadBenchmark.Measure(compressed, options.StageLength).Select(stage => new ReceivingStage(stage.Name, stage.SecondsPerSpan))],
            Goals = [],
        };
    }

    private static RecordedPayloads Describe(IReadOnlyList<CapturedExport> exports, bool compressed) => new(
        compressed,
        exports.Count,
        exports.Sum(PayloadBenchmark.CountSpans),
        exports.Sum(export => (long)export.Sent.Length),
        exports.Sum(export => (long)export.Payload.Length));

    private async Task<IReadOnlyList<ReceivingRound>> RunRoundsAsync(IReadOnlyList<CapturedExport> plain, IReadOnlyList<CapturedExport> compressed, CancellationToken cancellationToken)
    {
        var rounds = new List<ReceivingRound>();
        for (var round = 0; round <= _options.Rounds; round++)
        {
            foreach (var way in ExportTransport.All)
            {
                var result = await RunRoundAsync(round, way, way.Compressed ? compressed : plain, cancellationToken);

                // Round 0 warms up both sides: the first requests of a process are slower than all others.
                if (round > 0)
                {
                    _tell(string.Create(CultureInfo.InvariantCulture, $"Round {round} of {_options.Rounds}: {way.Name,-10} {result.SpansPerSecond,10:#,0} spans/s {result.CollectorCpuSeconds / result.ReceivedSpans * 1e9,6:0} ns of processor time per span"));
                    rounds.Add(result);
                }
            }
        }

        return rounds;
    }

    private async Task<ReceivingRound> RunRoundAsync(int round, ExportTransport way, IReadOnlyList<CapturedExport> exports, CancellationToken cancellationToken)
    {
        using var sender = new ExportSender(way, _receiver.Addresses, exports);
        await sender.SendAsync(TimeSpan.FromMilliseconds(100), cancellationToken);
        var before = await _receiver.ReadAsync(cancellationToken);
        var own = Environment.CpuUsage.TotalTime;
        var sent = await sender.SendAsync(_options.RoundLength, cancellationToken);
        own = Environment.CpuUsage.TotalTime - own;
        var after = await _receiver.ReadAsync(cancellationToken);
        return new ReceivingRound
        {
            Round = round,
            Way = way.Name,
            SentSpans = sent.Spans,
            ReceivedSpans = after.SpanCount - before.SpanCount,
            FailedRequests = sent.Failed,
            SentRequests = sent.Requests,
            Seconds = sent.Seconds,
            CollectorCpuSeconds = after.CpuSeconds - before.CpuSeconds,
            SenderCpuSeconds = own.TotalSeconds,
            AllocatedBytes = after.AllocatedBytes - before.AllocatedBytes,
        };
    }

    private async Task<ReceivingPace> PaceAsync(IReadOnlyList<CapturedExport> plain, CancellationToken cancellationToken)
    {
        _tell(string.Create(CultureInfo.InvariantCulture, $"At {ScenarioSpansPerSecond:#,0} spans/s for {_options.PaceLength.TotalSeconds:0} s"));
        using var sender = new ExportSender(ExportTransport.All[0], _receiver.Addresses, plain);
        var before = await _receiver.ReadAsync(cancellationToken);
        var sent = await sender.PaceAsync(ScenarioSpansPerSecond, _options.PaceLength, cancellationToken);
        var after = await _receiver.ReadAsync(cancellationToken);
        return new ReceivingPace(ScenarioSpansPerSecond, sent.Seconds, sent.Spans, after.SpanCount - before.SpanCount, after.CpuSeconds - before.CpuSeconds);
    }
}

/// <summary>How long the parts of a bench of the collector take, and whose exports it takes.</summary>
public sealed record CollectorBenchOptions
{
    /// <summary>Gets the command that starts this program: <c>dotnet</c> and the path of its assembly.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Gets where targets and probe are.</summary>
    public required RunnerFolders Folders { get; init; }

    /// <summary>Gets the scenario whose last variant is recorded: it must export over <c>http/protobuf</c>.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Gets how long the service is under load while it is recorded.</summary>
    public required TimeSpan RecordingLength { get; init; }

    /// <summary>Gets the rounds at full speed.</summary>
    public required int Rounds { get; init; }

    /// <summary>Gets the length of one stretch at full speed.</summary>
    public required TimeSpan RoundLength { get; init; }

    /// <summary>Gets the length of the stretch at a scenario's rate.</summary>
    public required TimeSpan PaceLength { get; init; }

    /// <summary>Gets how long every step is timed without a network.</summary>
    public required TimeSpan StageLength { get; init; }
}
