using System.Diagnostics;
using System.Net.Sockets;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Load.Workloads;
using PerfLab.Runner.Readings;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.LaunchSets;

/// <summary>One arm of a launch set while it is alive: its processes, the connections to it and what was recorded of it.</summary>
internal sealed class RunningArm(PlannedArm plan, IReadOnlyList<ITargetProcess> processes, IRequestDriver driver) : IDisposable
{
    // One failing request in twenty thousand is a matter of thresholds; twenty in a row, or ten seconds of load without one
    // answer, are a service that is gone. Where the scenario puts the arm's back end in trouble, they are what it asks about.
    private const long MostUnanswered = 20;
    private const double MostUnansweredSeconds = 10;

    // A crash writes its last words before the process is gone: .NET's runtime takes some hundred milliseconds on a busy machine.
    private static readonly TimeSpan s_deathNotice = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_deathPoll = TimeSpan.FromMilliseconds(10);

    private long _unanswered;
    private double _unansweredSeconds;

    /// <summary>Gets the arm's plan.</summary>
    public PlannedArm Plan { get; } = plan;

    /// <summary>Gets the processes in starting order.</summary>
    public IReadOnlyList<ITargetProcess> Processes { get; } = processes;

    /// <summary>Gets the connections.</summary>
    public IRequestDriver Driver { get; } = driver;

    /// <summary>Gets where its first process takes requests.</summary>
    public required Uri Address { get; init; }

    /// <summary>Gets the token of its login; null where there is none.</summary>
    public string? Token { get; init; }

    /// <summary>Gets where the arm tells how long work took that goes on after the answer; null where it does not.</summary>
    public CompletionClient? Completion { get; init; }

    /// <summary>Gets or sets what it told at the end of the measured window.</summary>
    public CompletionTimes? CompletionTimes { get; set; }

    /// <summary>Gets the measured window that costs are taken from.</summary>
    public MeasuredWindow Measured { get; } = new();

    /// <summary>Gets the windows of the plan's load levels so far.</summary>
    public List<MeasuredWindow> Levels { get; } = [];

    /// <summary>Gets the window that is measured now, or was measured last.</summary>
    public MeasuredWindow Window => Levels.Count == 0 ? Measured : Levels[^1];

    /// <summary>Gets the requests of the measured window by their names; null where there is one alone.</summary>
    public MeasuredRequests? Requests { get; init; }

    /// <summary>Gets a request as it is sent to an arm.</summary>
    /// <param name="request">The request of the plan.</param>
    /// <param name="token">The token of the arm's login; null where there is none.</param>
    public static RequestDefinition WithToken(RequestDefinition request, string? token) => token is null ? request : LoginDefinition.Fill(request, token);

    /// <summary>Gets or sets how the warm-up went.</summary>
    public WarmUpRecord? WarmUp { get; set; }

    /// <summary>
    /// Gets what the arm's processes said of their spans before they were asked to end; null where they did not, and the closing
    /// reading has to say it.
    /// </summary>
    public IReadOnlyDictionary<string, long>? SpansStarted { get; private set; }

    /// <summary>Gets a value indicating whether all processes of the arm said how many spans they started.</summary>
    public bool CountsSpans => (SpansStarted ?? Measured.Closing?.SpansStarted) is not null;

    /// <summary>Gets or sets the observation of the trace-retention window; null where the scenario has none.</summary>
    public ArmObservation? Observation { get; set; }

    /// <summary>Gets or sets every request answered so far, whatever its purpose.</summary>
    public long AnsweredCount { get; set; }

    /// <summary>Adds what became of some load, and gives the arm up when it does not answer any more and nothing in the plan explains it.</summary>
    /// <exception cref="TargetFailedException">None of the last requests was answered as expected: every further one would only wait.</exception>
    public void Count(LoadResult result)
    {
        AnsweredCount += result.Counts.Answered;
        (_unanswered, _unansweredSeconds) = result.Counts.Answered > 0
            ? (0, 0)
            : (_unanswered + result.Counts.Offered, _unansweredSeconds + result.ElapsedSeconds);
        if (Plan.BackEnd is null && (_unanswered >= MostUnanswered || (_unanswered > 0 && _unansweredSeconds >= MostUnansweredSeconds)))
        {
            EnsureSurvived();
            throw new TargetFailedException(
                $"arm {Plan.Name}: none of the last {_unanswered} requests was answered as expected{(result.ErrorExamples.Count > 0 ? $" ({result.ErrorExamples.Values.First().TrimEnd('.')})" : string.Empty)}. Something that it needs may have stopped: look into its log in the launch folder.");
        }
    }

    /// <summary>Takes the counters of all processes, added up.</summary>
    public Reading Read() => Take(() => ReadingSum.Of([.. Processes.Select(process => process.Readings.Read())]));

    /// <summary>Takes the exact counters of all processes, added up.</summary>
    public FullReading ReadFull() => Take(() => ReadingSum.Of([.. Processes.Select(process => process.Readings.ReadFull())]));

    /// <summary>
    /// Takes the number of spans once more, which belongs as late as possible: work in the background goes on making spans after the
    /// last request, and they still arrive. Of a target that has died the earlier number stays.
    /// </summary>
    public void ReadLastSpans()
    {
        try
        {
            SpansStarted = ReadFull().SpansStarted ?? SpansStarted;
        }
        catch (TargetFailedException)
        {
            // Its exit code says so.
        }
    }

    /// <summary>Gets the CPU time by program as of the last reading, of several processes behind the name of each.</summary>
    public IReadOnlyList<ProgramCpu> ReadPrograms() =>
    [
        .. from process in Processes
           from program in process.Readings.ReadPrograms()
           select Processes.Count == 1 ? program : program with { Program = $"{process.Name}: {program.Program}" },
    ];

    /// <summary>Gets what all processes have printed and the requests answered so far.</summary>
    public LogVolume ReadLog() => new(
        Processes.Sum(process => process.Printed.Bytes), Processes.Sum(process => process.Printed.Lines), AnsweredCount);

    /// <summary>Moves all processes to other processors.</summary>
    public void MoveTo(IReadOnlyList<int> cores)
    {
        foreach (var process in Processes)
        {
            process.MoveTo(cores);
        }
    }

    /// <summary>Throws when one of the processes is gone.</summary>
    /// <exception cref="TargetFailedException">A process ended by itself.</exception>
    public void EnsureAlive()
    {
        foreach (var process in Processes)
        {
            process.EnsureAlive();
        }
    }

    /// <summary>Throws when one of the processes is gone, or will be in a moment: a failed request may be the first that is seen of its end.</summary>
    /// <exception cref="TargetFailedException">A process ended by itself.</exception>
    public void EnsureSurvived()
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_deathNotice; Thread.Sleep(s_deathPoll))
        {
            EnsureAlive();
        }

        foreach (var process in Processes)
        {
            process.EnsureAnswering();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Driver.Dispose();
        Completion?.Dispose();
    }

    private T Take<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            EnsureSurvived();
            throw new TargetFailedException(
                $"arm {Plan.Name}: no reading could be taken: {error.Message} Its process may have died: look into its log in the launch folder.",
                error);
        }
    }
}

/// <summary>What is recorded of an arm in one measured window.</summary>
internal sealed class MeasuredWindow
{
    /// <summary>Gets the latencies of the rounds that count.</summary>
    public LatencyRecorder Latency { get; } = new();

    /// <summary>Gets the slices so far.</summary>
    public List<SliceRecord> Slices { get; } = [];

    /// <summary>Gets or sets what the arm's processes printed.</summary>
    public LogVolume? Log { get; set; }

    /// <summary>Gets or sets the CPU time by program: before the window what was used until then, after it what was used in it.</summary>
    public IReadOnlyList<ProgramCpu> Programs { get; set; } = [];

    /// <summary>Gets or sets the reading that ends what the arm is charged.</summary>
    public FullReading? Closing { get; set; }
}

/// <summary>The requests of an arm by their names: those of the round that is being measured, and those of the rounds that count.</summary>
/// <param name="mix">The requests.</param>
internal sealed class MeasuredRequests(RequestMix mix)
{
    // What summaries and thresholds ask for; the whole spectrum of every name would double the launch set's record.
    private static readonly double[] s_percentiles = [50, 90, 99, 99.9];

    private readonly RequestBreakdown _counted = new(mix);

    /// <summary>Gets what the driver fills.</summary>
    public RequestBreakdown Round { get; } = new(mix);

    /// <summary>Adds the round to those that count.</summary>
    public void CountRound() => _counted.Add(Round);

    /// <summary>Makes the records of the rounds that count.</summary>
    public IReadOnlyList<RequestRecord> ToRecords() => [.. _counted.ToRecords(windowSeconds: 0).Select(request => request with
    {
        ResponseTime = request.ResponseTime is { } time ? time with { Spectrum = [.. time.Spectrum.Where(point => s_percentiles.Contains(point.Percentile))] } : null,
    })];
}
