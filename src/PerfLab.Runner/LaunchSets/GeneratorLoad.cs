using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using PerfLab.Experiments.Generators;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Load;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.LaunchSets;

/// <summary>The load tool of a plan, in the place of the arms' own drivers: one run of it is a slice.</summary>
/// <param name="plan">The plan.</param>
/// <param name="generator">Its tool.</param>
/// <param name="root">The folder that holds <c>scenarios/</c>.</param>
internal sealed class GeneratorLoad(Plan plan, GeneratorDefinition generator, string root)
{
    // A tool that fails once met something; one that fails each time will go on.
    private const int MostFailures = 3;

    // To start, to wait for the last responses, and to write its report: a JVM on a busy machine takes seconds for the first alone.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(45);

    private readonly GeneratorProcess _process = new(plan.Placement?.LabCores);
    private int _failures;

    /// <summary>Gets how long a window may take beyond its length.</summary>
    public TimeSpan Margin { get; init; } = s_margin;

    /// <summary>Sees that the tool works, before anything is measured with it.</summary>
    /// <exception cref="TargetFailedException">It does not; the message has its last words.</exception>
    public void TryOnce(RunningArm arm, CancellationToken cancellationToken)
    {
        if (Run(arm, generator.Contract.LeastSeconds, new LatencyRecorder(), cancellationToken).Failure is { } failure)
        {
            throw Failed(failure);
        }
    }

    /// <summary>Runs the tool for a slice.</summary>
    /// <param name="arm">The arm that gets the load.</param>
    /// <param name="latency">Receives the response times of a tool that tells them all.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="TargetFailedException">It has failed three times in a row.</exception>
    public GeneratorSlice Run(RunningArm arm, LatencyRecorder latency, CancellationToken cancellationToken)
    {
        var slice = Run(arm, (int)Math.Round(plan.SliceSeconds), latency, cancellationToken);
        _failures = slice.Failure is null ? 0 : _failures + 1;
        return _failures < MostFailures ? slice : throw Failed(slice.Failure!);
    }

    private GeneratorSlice Run(RunningArm arm, int seconds, LatencyRecorder latency, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("perflab-generator-").FullName;
        try
        {
            var run = RunOf(arm, seconds, folder);
            var clock = Stopwatch.StartNew();
            var (output, failure) = Measure(run, clock, cancellationToken);
            Record(output, latency);
            return new GeneratorSlice(
                ResultOf(output, seconds, clock.Elapsed.TotalSeconds),
                new GeneratorWindow(generator.TakesRate ? plan.RatePerSecond : null, output?.Percentiles ?? [], failure?.Code),
                failure);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private GeneratorRun RunOf(RunningArm arm, int seconds, string folder)
    {
        var request = plan.Target.Requests[0];
        return new GeneratorRun
        {
            Url = arm.Address.GetLeftPart(UriPartial.Authority),
            Request = new GeneratorRequest(request.Method, request.Path, request.Headers, request.Body),
            RequestName = request.Name,
            RatePerSecond = plan.RatePerSecond,
            Seconds = seconds,
            Connections = generator.Connections,
            Folder = folder,
            Root = root,
            Threads = plan.Placement?.LabCores.Count ?? Environment.ProcessorCount,
        };
    }

    private (GeneratorOutput? Output, GeneratorFailed? Failure) Measure(GeneratorRun run, Stopwatch clock, CancellationToken cancellationToken)
    {
        var contract = generator.Contract;
        foreach (var (name, content) in contract.Files)
        {
            File.WriteAllText(GeneratorCommand.FileOf(run, name), content(run));
        }

        var end = Start(GeneratorCommand.WordsOf(generator), run, cancellationToken);
        if (contract.ReportCommand.Count > 0 && IsComplete(end))
        {
            end = Start(contract.ReportCommand, run, cancellationToken);
        }

        if (!IsComplete(end))
        {
            return (null, Failure(end.FailureCode ?? GeneratorEnd.Ended, end.LastWords));
        }

        var file = contract.ReportCommand.Count > 0 ? Path.Combine(run.Folder, "stdout.txt") : GeneratorCommand.OutputOf(contract, run);
        try
        {
            var text = File.Exists(file) ? File.ReadAllText(file) : string.Empty;
            var details = contract.DetailsFile is { } further && Path.Combine(run.Folder, further) is var path && File.Exists(path) ? File.ReadAllText(path) : null;
            var output = text.Length == 0 ? null : contract.Read(new GeneratorText(text, plan.Target.Requests[0].ExpectedStatus.Allows, details));
            return output is { RequestCount: > 0 } ? (output, null) : (null, Failure(GeneratorEnd.NoOutput, end.LastWords));
        }
        catch (FormatException error)
        {
            return (null, Failure(GeneratorEnd.NotUnderstood, error.Message));
        }

        GeneratorFailed Failure(string code, string lastWords) => new(generator.Tool, code, end.ExitCode, clock.Elapsed.TotalSeconds, lastWords);
    }

    private bool IsComplete(GeneratorEnd end) => end.ExitCode is { } code && generator.Contract.ExitCodes.Contains(code);

    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "The generator's thread has nothing else to do, and no context that the tool's end would wait for.")]
    private GeneratorEnd Start(IReadOnlyList<string> words, GeneratorRun run, CancellationToken cancellationToken) => _process.RunAsync(
        GeneratorCommand.Expand(generator, words, run),
        run.Folder,
        plan.Target.BaseFolder ?? run.Folder,
        TimeSpan.FromSeconds(run.Seconds) + Margin,
        cancellationToken).GetAwaiter().GetResult();

    // Its own clock began with the request: nothing says when a request was due.
    private static void Record(GeneratorOutput? output, LatencyRecorder latency)
    {
        foreach (var seconds in output?.LatencySeconds ?? [])
        {
            latency.RecordAnswer(0, 0, (long)(seconds * 1e9));
        }
    }

    private static LoadResult ResultOf(GeneratorOutput? output, double seconds, double elapsedSeconds) => new()
    {
        Counts = new RequestCounts
        {
            Offered = (output?.RequestCount ?? 0) + (output?.DroppedCount ?? 0),
            Started = output?.RequestCount ?? 0,
            Answered = output?.AnsweredCount ?? 0,
            AnsweredInWindow = output?.AnsweredCount ?? 0,
            Dropped = output?.DroppedCount ?? 0,
            Late = null,
            Errors = output?.Errors.Values.Sum() ?? 0,
        },
        Errors = output?.Errors ?? new Dictionary<string, long>(StringComparer.Ordinal),
        ErrorExamples = new Dictionary<string, string>(StringComparer.Ordinal),
        ScheduledSeconds = seconds,
        WindowSeconds = seconds,
        ElapsedSeconds = elapsedSeconds,
        GeneratorCpuSeconds = null,
        BytesReceived = 0,
        BytesSent = null,
        ConnectionsOpened = null,
        WasCancelled = false,
    };

    private TargetFailedException Failed(GeneratorFailed failure) => new(
        $"load.generator: {generator.Tool} gave no numbers ({failure.Code}{(failure.ExitCode is { } code ? $", exit code {code}" : string.Empty)}) after {failure.Seconds:0.#} s. " +
        $"Run it by hand against your service; docs/generators.md has its contract. Its last words:{Environment.NewLine}{(failure.LastWords.Length > 0 ? failure.LastWords : "(nothing was printed)")}");
}

/// <summary>What a window of a tool gave.</summary>
/// <param name="Result">Its counts; none where it failed.</param>
/// <param name="Window">What the slice keeps of it.</param>
/// <param name="Failure">Why it has no numbers; null where it has.</param>
internal sealed record GeneratorSlice(LoadResult Result, GeneratorWindow Window, GeneratorFailed? Failure);
