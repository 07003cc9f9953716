using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Results;

/// <summary>
/// What a finding saw, as named values. Those derived in this file are written to <c>launch.json</c> with their kind; a kind is
/// never renamed or removed. Analysis derives its own, which are not stored.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StartsMissed), "starts_missed")]
[JsonDerivedType(typeof(LateStarts), "late_starts")]
[JsonDerivedType(typeof(GeneratorBusy), "generator_busy")]
[JsonDerivedType(typeof(CpuStolen), "cpu_stolen")]
[JsonDerivedType(typeof(CpuThrottled), "cpu_throttled")]
[JsonDerivedType(typeof(RoundsVoided), "rounds_voided")]
[JsonDerivedType(typeof(RoundsDisturbed), "rounds_disturbed")]
[JsonDerivedType(typeof(RequestsFailed), "requests_failed")]
[JsonDerivedType(typeof(NotSettled), "not_settled")]
[JsonDerivedType(typeof(StillCompiling), "still_compiling")]
[JsonDerivedType(typeof(CpuInTicks), "cpu_in_ticks")]
[JsonDerivedType(typeof(UncleanStop), "unclean_stop")]
[JsonDerivedType(typeof(ManyLogLines), "many_log_lines")]
[JsonDerivedType(typeof(UnequalLogLines), "unequal_log_lines")]
[JsonDerivedType(typeof(TargetFailed), "target_failed")]
[JsonDerivedType(typeof(SpansLost), "spans_lost")]
[JsonDerivedType(typeof(SpansSurplus), "spans_surplus")]
[JsonDerivedType(typeof(SpansDuplicated), "spans_duplicated")]
[JsonDerivedType(typeof(SpansLate), "spans_late")]
[JsonDerivedType(typeof(TailWithoutRoom), "tail_without_room")]
[JsonDerivedType(typeof(GeneratorFailed), "generator_failed")]
[JsonDerivedType(typeof(GeneratorRateMissed), "generator_rate_missed")]
[JsonDerivedType(typeof(SpansForwarded), "spans_forwarded")]
public abstract record FindingDetails;

/// <summary>Requests of the schedule that were not started.</summary>
/// <param name="StartedCount">Requests started.</param>
/// <param name="OfferedCount">Requests in the schedule.</param>
/// <param name="DroppedCount">Requests given up because too many were in flight.</param>
public sealed record StartsMissed(long StartedCount, long OfferedCount, long DroppedCount) : FindingDetails;

/// <summary>More late starts than a valid measurement may have.</summary>
/// <param name="LateCount">Requests that were at least so late.</param>
/// <param name="Count">Requests started.</param>
/// <param name="LateSeconds">How late the least late of them was.</param>
/// <param name="AllowedSeconds">How late they may be.</param>
public sealed record LateStarts(long LateCount, long Count, double LateSeconds, double AllowedSeconds) : FindingDetails;

/// <summary>The load generator and the collector had too little CPU left.</summary>
/// <param name="BusyRatio">CPU time used, as a share of that of their cores.</param>
/// <param name="AllowedRatio">The largest share at which a launch set counts.</param>
/// <param name="Cores">Their cores.</param>
public sealed record GeneratorBusy(double BusyRatio, double AllowedRatio, int Cores) : FindingDetails;

/// <summary>The hypervisor took CPU time from this machine.</summary>
/// <param name="StealRatio">What it took, as a share of one core's time.</param>
public sealed record CpuStolen(double StealRatio) : FindingDetails;

/// <summary>The CPU quota of a control group stopped processes.</summary>
/// <param name="ThrottledRatio">For how long, as a share of one core's time.</param>
/// <param name="IsTargets">Whether it is a control group of the targets, in which PerfLab is not.</param>
public sealed record CpuThrottled(double ThrottledRatio, bool IsTargets) : FindingDetails;

/// <summary>Rounds that were voided for all arms and measured again.</summary>
/// <param name="VoidedRounds">Rounds voided.</param>
/// <param name="CountedRounds">Rounds that count.</param>
/// <param name="PlannedRounds">Rounds of the plan.</param>
/// <param name="Causes">Why they were voided.</param>
public sealed record RoundsVoided(int VoidedRounds, int CountedRounds, int PlannedRounds, IReadOnlyList<RoundVoidCause> Causes) : FindingDetails
{
    /// <summary>Gets how many of the rounds that count have response times; null, and absent in the file, where all do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TimedRounds { get; init; }
}

/// <summary>Rounds that count without their response times, because neighbors took processor time in them.</summary>
/// <param name="DisturbedRounds">How many.</param>
/// <param name="CountedRounds">All rounds that count, these among them.</param>
public sealed record RoundsDisturbed(int DisturbedRounds, int CountedRounds) : FindingDetails;

/// <summary>A reason for which rounds were voided.</summary>
/// <param name="Rounds">How many.</param>
/// <param name="Example">The first of them.</param>
public sealed record RoundVoidCause(int Rounds, VoidedRound Example);

/// <summary>Requests that were not answered as expected.</summary>
/// <param name="FailedCount">Requests that failed.</param>
/// <param name="Count">Requests started.</param>
/// <param name="ErrorsByKind">Errors by kind.</param>
public sealed record RequestsFailed(long FailedCount, long Count, IReadOnlyDictionary<string, long> ErrorsByKind) : FindingDetails;

/// <summary>An arm that had not reached a steady state at the end of its warm-up.</summary>
/// <param name="WarmUpSeconds">How long it was under load.</param>
/// <param name="Compiling">Whether its code was still being compiled, or else its CPU per request still changed; null in runs that do not say.</param>
public sealed record NotSettled(double WarmUpSeconds, bool? Compiling = null) : FindingDetails;

/// <summary>An arm whose code was still being compiled while it was measured.</summary>
/// <param name="CompilerRatio">CPU time of the background compiler, as a share of the arm's.</param>
public sealed record StillCompiling(double CompilerRatio) : FindingDetails;

/// <summary>CPU time that could be read in clock ticks only.</summary>
/// <param name="TickSeconds">The length of a tick.</param>
/// <param name="Ticks">How many ticks the figure is made of.</param>
/// <param name="EndedRatio">The share of processes that ended before they were seen, where only that is counted in ticks; else null.</param>
public sealed record CpuInTicks(double TickSeconds, double Ticks, double? EndedRatio = null) : FindingDetails;

/// <summary>A process that did not end as asked.</summary>
/// <param name="Process">Its name.</param>
/// <param name="ExitCode">Its exit code; null where it was killed.</param>
/// <param name="LimitSeconds">How long it had to stop.</param>
public sealed record UncleanStop(string Process, int? ExitCode, double LimitSeconds) : FindingDetails;

/// <summary>An arm that prints so much that it costs CPU.</summary>
/// <param name="LinesPerRequest">Lines printed per request.</param>
/// <param name="BytesPerRequest">Bytes printed per request.</param>
public sealed record ManyLogLines(double LinesPerRequest, double BytesPerRequest) : FindingDetails;

/// <summary>An arm that prints more than another.</summary>
/// <param name="LinesPerRequest">Lines printed per request.</param>
/// <param name="FewestLinesPerRequest">Those of the arm that prints the fewest.</param>
public sealed record UnequalLogLines(double LinesPerRequest, double FewestLinesPerRequest) : FindingDetails;

/// <summary>A target that failed, so that the launch set ended.</summary>
/// <param name="Message">The error's message.</param>
public sealed record TargetFailed(string Message) : FindingDetails;

/// <summary>Spans that were sampled and never arrived.</summary>
/// <param name="SampledCount">Spans sampled.</param>
/// <param name="Losses">Where they were lost.</param>
public sealed record SpansLost(long SampledCount, IReadOnlyList<SpanLoss> Losses) : FindingDetails;

/// <summary>More spans arrived than were sampled.</summary>
/// <param name="SampledCount">Spans sampled.</param>
/// <param name="SurplusCount">How many more arrived.</param>
public sealed record SpansSurplus(long SampledCount, long SurplusCount) : FindingDetails;

/// <summary>Spans that arrived more than once.</summary>
/// <param name="Count">How many.</param>
public sealed record SpansDuplicated(long Count) : FindingDetails;

/// <summary>Spans that arrived after the arm's ledger was closed.</summary>
/// <param name="Count">How many.</param>
public sealed record SpansLate(long Count) : FindingDetails;

/// <summary>Tail sampling that had no room for all traces until they could be decided.</summary>
/// <param name="CutShortTraceCount">Traces decided too early.</param>
/// <param name="DroppedTraceCount">Those among them that were dropped.</param>
public sealed record TailWithoutRoom(long CutShortTraceCount, long DroppedTraceCount) : FindingDetails;

/// <summary>Spans that the collector forwarded, since the run began.</summary>
/// <param name="SentCount">Spans that the other end took.</param>
/// <param name="NoRoomCount">Spans lost because the queue was full.</param>
/// <param name="RefusedCount">Spans that the other end did not take.</param>
/// <param name="WaitingCount">Spans still in the queue.</param>
public sealed record SpansForwarded(long SentCount, long NoRoomCount, long RefusedCount, long WaitingCount) : FindingDetails
{
    /// <summary>Gets what the other end refused, by address and reason.</summary>
    public IReadOnlyList<RefusedSpans> Refusals { get; init; } = [];
}

/// <summary>Forwarded spans that an address refused for one reason.</summary>
/// <param name="Address">The address.</param>
/// <param name="Reason">Status and text of its answers.</param>
/// <param name="SpanCount">Spans.</param>
public sealed record RefusedSpans(string Address, string Reason, long SpanCount);

/// <summary>A load tool of which a window has no numbers.</summary>
/// <param name="Tool">Its name.</param>
/// <param name="Code">Why, in kebab case: <c>not-started</c>, <c>ended</c>, <c>hung</c>, <c>no-output</c> or <c>not-understood</c>.</param>
/// <param name="ExitCode">Its exit code; null where it has none.</param>
/// <param name="Seconds">How long it ran.</param>
/// <param name="LastWords">The last that it printed, or what is wrong with its output.</param>
public sealed record GeneratorFailed(string Tool, string Code, int? ExitCode, double Seconds, string LastWords) : FindingDetails;

/// <summary>A load tool that did not keep the rate that it was told.</summary>
/// <param name="SentPerSecond">Requests per second of its windows.</param>
/// <param name="RequestedPerSecond">Requests per second that it was told to send.</param>
public sealed record GeneratorRateMissed(double SentPerSecond, double RequestedPerSecond) : FindingDetails;
