using System.Diagnostics;
using System.Globalization;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench.Load;

/// <summary>Measures the load engine beside other tools: one null server on one processor, one generator at a time on another.</summary>
public sealed class LoadBench
{
    // A moderate rate: high enough that a coarse timer shows, low enough that a small machine keeps it.
    private const double PacingRate = 5000;

    // Enough for an interval of their median that does not hang on one of them.
    private const int UndisturbedStretches = 12;

    // Enough to fill the server's pipeline, few enough that each is busy.
    private const int Connections = 64;

    private const double FreezeRate = 200;
    private const double FreezeDelaySeconds = 0.01;
    private static readonly double[] FreezePercentiles = [50, 99, 99.9, 100];

    private readonly LoadBenchOptions _options;
    private readonly Action<string> _tell;
    private readonly int _serverCore;
    private readonly int _generatorCore;

    private LoadBench(LoadBenchOptions options, Action<string> tell, int serverCore, int generatorCore)
    {
        _options = options;
        _tell = tell;
        _serverCore = serverCore;
        _generatorCore = generatorCore;
    }

    /// <summary>Runs the whole bench.</summary>
    /// <param name="options">How long.</param>
    /// <param name="time">The clock of the record.</param>
    /// <param name="tell">Is told what is going on, a line at a time.</param>
    /// <param name="cancellationToken">Ends it; everything that was started is stopped.</param>
    /// <returns>What was measured, without goals.</returns>
    /// <exception cref="TargetFailedException">A tool failed, or this machine cannot separate two programs.</exception>
    public static async Task<LoadBenchRecord> RunAsync(LoadBenchOptions options, TimeProvider time, Action<string> tell, CancellationToken cancellationToken)
    {
        var cores = CpuPlacement.AllowedProcessors();
        if (cores is not { Count: >= 2 })
        {
            throw new TargetFailedException("The bench needs Linux with taskset and two processors (bench load). Run it on a machine that has them.");
        }

        // Interrupts tend to land on the first processor: the server, which is not measured, gets it.
        var bench = new LoadBench(options, tell, cores[0], cores[1]);
        var started = time.GetUtcNow();
        var tools = await bench.FindToolsAsync(cancellationToken);
        return new LoadBenchRecord
        {
            FormatVersion = LoadBenchRecord.CurrentFormatVersion,
            Started = started,
            Machine = MachineInspector.Read(),
            ServerCore = bench._serverCore,
            GeneratorCore = bench._generatorCore,
            Connections = Connections,
            Tools = [.. tools.Select(tool => tool.Tool)],
            Rounds = await bench.RunRoundsAsync([.. tools.Where(tool => tool.Tool.Absence is null).Select(tool => tool.Generator)], cancellationToken),
            Pacing = await bench.PaceAsync(cancellationToken),
            ManyConnections = await bench.ConnectAsync(cancellationToken),
            Freeze = await bench.FreezeAsync(cancellationToken),
            Goals = [],
        };
    }

    private async Task<IReadOnlyList<(BenchGenerator Generator, BenchTool Tool)>> FindToolsAsync(CancellationToken cancellationToken)
    {
        var found = new List<(BenchGenerator, BenchTool)>();
        foreach (var generator in BenchGenerator.All(_options.Program))
        {
            var tool = await generator.DescribeAsync(_generatorCore, cancellationToken);
            if (tool.Absence is { } absence)
            {
                _tell(absence);
            }

            found.Add((generator, tool));
        }

        return found;
    }

    private async Task<IReadOnlyList<BenchRound>> RunRoundsAsync(BenchGenerator[] generators, CancellationToken cancellationToken)
    {
        await using var server = await NullServerProcess.StartAsync(_options.Program, _serverCore, [], cancellationToken);
        var rounds = new List<BenchRound>();

        // The server's first requests are slower than all others; no tool shall pay for them.
        await generators[0].RunAsync(0, server.Url, Connections, TimeSpan.FromSeconds(0.3), _generatorCore, cancellationToken);
        for (var round = 1; round <= _options.Rounds; round++)
        {
            // Another tool begins in every round, so that none always comes after the same.
            for (var turn = 0; turn < generators.Length; turn++)
            {
                var generator = generators[(round - 1 + turn) % generators.Length];
                var result = await generator.RunAsync(round, server.Url, Connections, _options.RoundLength, _generatorCore, cancellationToken);
                _tell(string.Create(CultureInfo.InvariantCulture, $"Round {round} of {_options.Rounds}: {result.Tool,-10} {result.AnsweredPerSecond,9:#,0}/s {result.CpuSecondsPerRequest * 1e6,6:0.00} µs of processor time per request"));
                rounds.Add(result);
            }
        }

        return rounds;
    }

    private async Task<PacingBench> PaceAsync(CancellationToken cancellationToken)
    {
        _tell(string.Create(CultureInfo.InvariantCulture, $"Pacing at {PacingRate:#,0}/s for {_options.PacingLength.TotalSeconds:0} s"));
        var pacing = await PaceOnceAsync(_options.PacingLength, cancellationToken);
        return pacing.StealShare >= PacingStretch.MostStealShare ? pacing with { Stretches = await PaceInStretchesAsync(pacing.StealShare, cancellationToken) } : pacing;
    }

    // Stolen time is no fault of the engine, and comes in bursts: short stretches lie between them. Which of them count does not
    // depend on the lateness.
    private async Task<IReadOnlyList<PacingStretch>> PaceInStretchesAsync(double? stolen, CancellationToken cancellationToken)
    {
        _tell(string.Create(CultureInfo.InvariantCulture, $"The hypervisor took {stolen * 100:0.0} % of the processor's time; again in stretches of {_options.StretchLength.TotalSeconds:0.#} s"));
        var stretches = new List<PacingStretch>();
        while (stretches.Count < _options.MostStretches && stretches.Count(stretch => stretch.IsUndisturbed) < UndisturbedStretches)
        {
            var pacing = await PaceOnceAsync(_options.StretchLength, cancellationToken);

            // What was taken while the process started and warmed up is counted as if it had been taken from the load.
            stretches.Add(new PacingStretch(pacing.Seconds, At(pacing.StartLateness, 99), pacing.StolenSeconds / pacing.Seconds));
        }

        return stretches;
    }

    // What the hypervisor took is counted while the generator's process lives, since nobody else sees when its load begins.
    private async Task<PacingBench> PaceOnceAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        await using var server = await NullServerProcess.StartAsync(_options.Program, _serverCore, [], cancellationToken);
        await using var memory = new ResidentMemorySampler();
        var (steal, clock) = (StealTime.ReadSeconds(processor: _generatorCore), Stopwatch.StartNew());
        var record = await LoadAsync(server.Url, ["--rate", Text(PacingRate), "--warm-up", "1s"], length, memory.Begin, cancellationToken);
        var (stolen, elapsed) = (StealTime.ReadSeconds(processor: _generatorCore) - steal, clock.Elapsed.TotalSeconds);
        await memory.EndAsync();
        var quarters = memory.Quarters();
        return new PacingBench
        {
            RatePerSecond = PacingRate,
            Seconds = record.WindowSeconds,
            AchievedPerSecond = record.AchievedPerSecond ?? 0,
            Dropped = record.Counts.Dropped,
            StartLateness = record.StartLateness ?? throw Silent(record),
            CpuShare = record.Generator.CpuShare ?? 0,
            StolenSeconds = stolen,
            StealShare = stolen / elapsed,
            EarlyResidentBytes = quarters?.Early,
            LateResidentBytes = quarters?.Late,
        };
    }

    private async Task<ConnectionBench> ConnectAsync(CancellationToken cancellationToken)
    {
        _tell(string.Create(CultureInfo.InvariantCulture, $"{_options.ManyConnections:#,0} connections at once"));
        await using var server = await NullServerProcess.StartAsync(_options.Program, _serverCore, [], cancellationToken);
        var record = await LoadAsync(server.Url, ["--connections", Text(_options.ManyConnections)], TimeSpan.FromSeconds(3), null, cancellationToken);
        return new ConnectionBench(_options.ManyConnections, record.Generator.ConnectionsOpened, record.Counts.Answered, record.Counts.Errors);
    }

    private async Task<FreezeBench> FreezeAsync(CancellationToken cancellationToken)
    {
        var (length, frozen) = (_options.FreezeLength.TotalSeconds, _options.FreezeLength.TotalSeconds / 10);
        _tell(string.Create(CultureInfo.InvariantCulture, $"A server that freezes for {frozen:0.###} s of {length:0.###} s"));
        string[] behaviour = ["--delay", Milliseconds(FreezeDelaySeconds), "--freeze-after", Milliseconds(0.4 * length), "--freeze-for", Milliseconds(frozen)];
        await using var server = await NullServerProcess.StartAsync(_options.Program, _serverCore, behaviour, cancellationToken);

        // With sixteen connections at most sixteen requests meet the frozen server: below 1 %, so an uncorrected p99 sees nothing.
        string[] load = ["--rate", Text(FreezeRate), "--max-in-flight", "16", "--when-busy", "wait"];
        var record = await LoadAsync(server.Url, load, _options.FreezeLength, null, cancellationToken);
        var (response, service) = (record.ResponseTime ?? throw Silent(record), record.ServiceTime ?? throw Silent(record));
        return new FreezeBench
        {
            RatePerSecond = FreezeRate,
            Seconds = length,
            FreezeSeconds = frozen,
            DelaySeconds = FreezeDelaySeconds,
            Points = [.. FreezePercentiles.Select(percentile => new FreezePoint(
                percentile,
                FreezeModel.ResponseSeconds(percentile, length, frozen, FreezeDelaySeconds),
                At(response, percentile),
                At(service, percentile)))],
        };
    }

    private Task<LoadTestRecord> LoadAsync(string url, IReadOnlyList<string> load, TimeSpan length, Action<int>? watch, CancellationToken cancellationToken) =>
        PerfLabGenerator.RunAsync(
            _options.Program,
            _generatorCore,
            [url, "--driver", "sockets", .. load, "--duration", Milliseconds(length.TotalSeconds)],
            length + TimeSpan.FromSeconds(60),
            watch,
            cancellationToken);

    private static double At(LatencySummary summary, double percentile) => summary.Spectrum.First(point => point.Percentile.Equals(percentile)).Seconds;

    private static string Milliseconds(double seconds) => Text(seconds * 1000) + "ms";

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static TargetFailedException Silent(LoadTestRecord record) =>
        new($"{record.Setting.Url} answered nothing: {string.Join(", ", record.Errors.Keys)} (bench). Run the load by hand.");
}

/// <summary>How long the parts of a bench of the load engine take.</summary>
public sealed record LoadBenchOptions
{
    /// <summary>Gets the command that starts this program: <c>dotnet</c> and the path of its assembly.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Gets the rounds of closed loops; 6 is the least that has a 95 % interval.</summary>
    public required int Rounds { get; init; }

    /// <summary>Gets the length of one closed loop.</summary>
    public required TimeSpan RoundLength { get; init; }

    /// <summary>Gets the length of the open loop that shows pacing.</summary>
    public required TimeSpan PacingLength { get; init; }

    /// <summary>Gets the length of each of the shorter loads that show pacing where the hypervisor takes time.</summary>
    public required TimeSpan StretchLength { get; init; }

    /// <summary>Gets how many of them are made at most.</summary>
    public required int MostStretches { get; init; }

    /// <summary>Gets the number of many connections.</summary>
    public required int ManyConnections { get; init; }

    /// <summary>Gets the length of the load during which the server freezes; the freeze takes a tenth of it.</summary>
    public required TimeSpan FreezeLength { get; init; }
}
