using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Results;

/// <summary>One arm of one launch set.</summary>
public sealed record ArmRecord
{
    /// <summary>Gets the arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Gets the processes in starting order.</summary>
    public required IReadOnlyList<ProcessRecord> Processes { get; init; }

    /// <summary>Gets how the warm-up went.</summary>
    public required WarmUpRecord WarmUp { get; init; }

    /// <summary>Gets the slices by round, those of voided rounds among them.</summary>
    public required IReadOnlyList<SliceRecord> Slices { get; init; }

    /// <summary>Gets the slices that count.</summary>
    [JsonIgnore]
    public IEnumerable<SliceRecord> CountedSlices => Slices.Where(slice => !slice.IsVoided);

    /// <summary>Gets a value indicating whether a load tool measured it in place of PerfLab's own engine.</summary>
    [JsonIgnore]
    public bool IsOfTool => Slices.Any(slice => slice.Generator is not null);

    /// <summary>Gets the reading one idle round after the last slice; it ends what the arm is charged.</summary>
    public required Reading ClosingReading { get; init; }

    /// <summary>Gets the response time, from the intended start, of all measured requests.</summary>
    public required LatencySummary? ResponseTime { get; init; }

    /// <summary>Gets the service time, from the actual send, of all measured requests.</summary>
    public required LatencySummary? ServiceTime { get; init; }

    /// <summary>Gets how late requests were started.</summary>
    public required LatencySummary? StartLateness { get; init; }

    /// <summary>
    /// Gets the measured requests by their names, in the order of the scenario, with the percentiles 50, 90, 99 and 99.9; empty where
    /// there is one name alone, and in runs that did not tell them apart.
    /// </summary>
    public IReadOnlyList<RequestRecord> Requests { get; init; } = [];

    /// <summary>Gets what was measured at the plan's load levels, in its order, and in its closed loop, the last; empty where it has none.</summary>
    public IReadOnlyList<ArmLevelRecord> Levels { get; init; } = [];

    /// <summary>Gets what became of the spans, over the whole life of the arm's processes.</summary>
    public required SpanLedger Spans { get; init; }

    /// <summary>Gets the measured window by the state of the arm's back end; empty where no arm's back end was in trouble.</summary>
    public IReadOnlyList<FaultPhaseRecord> BackEnd { get; init; } = [];

    /// <summary>Gets a value indicating whether the back end was in trouble on purpose, so that failed requests and lost spans are an answer.</summary>
    [JsonIgnore]
    public bool HadBackEndFault => BackEnd.Any(phase => phase.InTrouble);

    /// <summary>Gets what the spans of the measured window say; null where nothing was kept to be looked at.</summary>
    public TraceSummary? Traces { get; init; }

    /// <summary>Gets what the collector spent on the arm; null in runs made before it was measured.</summary>
    public CollectorRecord? Collector { get; init; }

    /// <summary>
    /// Gets the trace retention as runs before the raw observation was stored have it; null in later runs, and where the
    /// scenario does not ask.
    /// </summary>
    public TraceRetentionRecord? Visibility { get; init; }

    /// <summary>Gets the raw observation of the trace-retention window, from files beside <c>launch.json</c>; null where there is none.</summary>
    [JsonIgnore]
    public ArmObservation? Observation { get; init; }

    /// <summary>Gets how long work took that goes on after the answer; null where the target does not tell.</summary>
    public CompletionTimes? Completion { get; init; }

    /// <summary>Gets what its processes printed in the measured window; null in runs that did not note it.</summary>
    public LogVolume? Log { get; init; }

    /// <summary>Gets the CPU time of the measured window by program; empty where it was not told apart, and in runs that did not note it.</summary>
    public IReadOnlyList<ProgramCpu> Programs { get; init; } = [];
}

/// <summary>One arm at one load level of one launch set.</summary>
/// <param name="Slices">The slices by round, those of voided rounds among them.</param>
/// <param name="ClosingReading">The reading one idle round after the last slice.</param>
/// <param name="ResponseTime">The response time, from the intended start, of the requests of rounds that count.</param>
/// <param name="StartLateness">How late requests were started.</param>
public sealed record ArmLevelRecord(IReadOnlyList<SliceRecord> Slices, Reading ClosingReading, LatencySummary? ResponseTime, LatencySummary? StartLateness);

/// <summary>The CPU time of all processes of one program, idle time between slices included and the runtime's compiler too.</summary>
/// <param name="Program">The program's file name, behind the name of the process in the scenario where there are several: <c>orders: node</c>.</param>
/// <param name="ProcessCount">Its processes that were seen.</param>
/// <param name="CpuSeconds">User and system CPU time.</param>
public sealed record ProgramCpu(string Program, int ProcessCount, double CpuSeconds);

/// <summary>One process of an arm.</summary>
/// <param name="Name">Name in the scenario.</param>
/// <param name="ProcessId">Identity in the operating system.</param>
/// <param name="ReadySeconds">Time from its start to the first good answer of the ready check.</param>
/// <param name="ReadingSource">Where its readings come from, one of <see cref="ReadingSourceName"/>.</param>
/// <param name="ExitCode">How it ended when asked to stop; null when it had to be killed.</param>
public sealed record ProcessRecord(string Name, int ProcessId, double ReadySeconds, string ReadingSource, int? ExitCode);

/// <summary>What the processes of an arm printed, standard output and error together.</summary>
/// <param name="Bytes">Bytes.</param>
/// <param name="Lines">Line ends.</param>
/// <param name="RequestCount">The requests that were answered meanwhile.</param>
public sealed record LogVolume(long Bytes, long Lines, long RequestCount)
{
    /// <summary>Gets the bytes of a request; null without requests.</summary>
    public double? BytesPerRequest => RequestCount > 0 ? (double)Bytes / RequestCount : null;

    /// <summary>Gets the lines of a request; null without requests.</summary>
    public double? LinesPerRequest => RequestCount > 0 ? (double)Lines / RequestCount : null;

    /// <summary>Adds up; null where none was noted.</summary>
    public static LogVolume? Sum(IEnumerable<LogVolume?> volumes)
    {
        LogVolume[] noted = [.. volumes.OfType<LogVolume>()];
        return noted.Length == 0
            ? null
            : new LogVolume(noted.Sum(volume => volume.Bytes), noted.Sum(volume => volume.Lines), noted.Sum(volume => volume.RequestCount));
    }
}

/// <summary>The warm-up of one arm.</summary>
/// <param name="LoadSeconds">Load that the arm received before measuring.</param>
/// <param name="RequestCount">Requests answered in it.</param>
/// <param name="Settled">Whether hardly anything was compiled any more or, where that is not counted, the cost had stopped falling; null where it could not be judged.</param>
/// <param name="CpuSecondsPerRequest">CPU time per request of each window of hard work, in time order; empty where not measured. Earlier runs have the windows at the planned load.</param>
public sealed record WarmUpRecord(
    double LoadSeconds,
    long RequestCount,
    bool? Settled,
    IReadOnlyList<double> CpuSecondsPerRequest)
{
    /// <summary>
    /// Gets the methods that the runtime had compiled before the first window of hard work and after each; empty where not
    /// measured.
    /// </summary>
    public IReadOnlyList<long> CompiledMethodCounts { get; init; } = [];
}

/// <summary>What an arm told of work that goes on after the answer: the time from the request to its end, over the measured window.</summary>
/// <param name="Count">Pieces of work that came to their end, those of voided rounds among them.</param>
/// <param name="P50Seconds">Half took no longer; null when there is none.</param>
/// <param name="P90Seconds">Nine in ten took no longer; null when there is none.</param>
/// <param name="P99Seconds">99 in 100 took no longer; null when there is none.</param>
/// <param name="LongestSeconds">The longest; null when there is none.</param>
public sealed record CompletionTimes(long Count, double? P50Seconds, double? P90Seconds, double? P99Seconds, double? LongestSeconds);

/// <summary>A stretch of the measured window in which an arm's back end was in one state.</summary>
/// <param name="InTrouble">Whether it was in trouble.</param>
/// <param name="RoundCount">The rounds that count in it.</param>
/// <param name="ResponseTime">Response times of these rounds; null where nothing was answered.</param>
/// <param name="WorkingSetBytes">Resident memory of the arm's processes at its end; null where not measured.</param>
public sealed record FaultPhaseRecord(bool InTrouble, int RoundCount, LatencySummary? ResponseTime, long? WorkingSetBytes);

/// <summary>The values of <see cref="ProcessRecord.ReadingSource"/>.</summary>
public static class ReadingSourceName
{
    /// <summary>A probe inside the serving process; CPU time and memory of the whole process tree from the kernel.</summary>
    public const string Probe = "probe";

    /// <summary>A probe inside the serving process, but the kernel gives the CPU time of the tree in clock ticks of 10 ms.</summary>
    public const string ProbeTicks = "probe-ticks";

    /// <summary>The kernel: CPU time to the nanosecond and resident memory of the whole process tree.</summary>
    public const string Proc = "proc";

    /// <summary>The kernel, but with CPU time in clock ticks of 10 ms.</summary>
    public const string Ticks = "proc-ticks";

    /// <summary>Nothing is measured on this platform.</summary>
    public const string None = "none";
}
