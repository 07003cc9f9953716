using System.Text.Json.Serialization;
using PerfLab.Analysis;
using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Noise;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Traces;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting;

/// <summary>
/// The content of <c>summary.json</c>: the answer of a run for programs. Its fields are described in
/// <c>docs/summary-json.md</c>; a field is never renamed or removed within a version.
/// </summary>
public sealed record RunSummary
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets the run's name.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the scenario's question.</summary>
    public required string Question { get; init; }

    /// <summary>Gets the trust in the run with its reasons.</summary>
    public required TrustSummary Trust { get; init; }

    /// <summary>Gets the number of launch sets that the numbers rest on.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the number of launch sets that the plan wanted.</summary>
    public required int PlannedLaunchSets { get; init; }

    /// <summary>Gets the number of launch sets that were voided.</summary>
    public required int VoidedLaunchSets { get; init; }

    /// <summary>Gets a value indicating whether the run reached its plan.</summary>
    public required bool Completed { get; init; }

    /// <summary>Gets the confidence level asked for; 0.95.</summary>
    public required double ConfidenceLevel { get; init; }

    /// <summary>Gets the name of the arm that all others are compared with.</summary>
    public required string BaselineArm { get; init; }

    /// <summary>Gets the arms in plan order.</summary>
    public required IReadOnlyList<ArmSummary> Arms { get; init; }

    /// <summary>Gets what the run says of its thresholds; without any, there is no result and no outcome.</summary>
    public required ThresholdsSummary Thresholds { get; init; }

    /// <summary>Gets what is known of the noise of the machine.</summary>
    public required MachineNoiseSummary MachineNoise { get; init; }

    /// <summary>Gets what the arms let one see; null where the scenario did not ask.</summary>
    public required TraceRetentionSummary? Visibility { get; init; }

    /// <summary>Gets what the arms cost at each load, ascending; empty where the run has one load.</summary>
    public IReadOnlyList<LoadLevelSummary> Levels { get; init; } = [];

    /// <summary>Gets the load tool that measured; absent where PerfLab's own engine did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GeneratorSummary? Generator { get; init; }

    /// <summary>Gets what the arms cost in a closed loop; null where the run has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClosedLoopSummary? ClosedLoop { get; init; }

    /// <summary>Gets the recommendation, and which arms another beats in everything; null in summaries of earlier versions.</summary>
    public DecisionSummary? Decision { get; init; }

    /// <summary>Gets what a month of the stated traffic takes and costs; null where no traffic is stated, and in summaries of earlier versions.</summary>
    public MonthSummary? Month { get; init; }

    /// <summary>Makes the summary of an analysis.</summary>
    /// <param name="analysis">An analysis with exactly one baseline.</param>
    public static RunSummary From(RunAnalysis analysis) => new()
    {
        FormatVersion = CurrentFormatVersion,
        RunId = analysis.Manifest.RunId,
        Scenario = analysis.Plan.Scenario,
        Question = analysis.Plan.Question,
        Trust = TrustSummary.From(analysis.Trust),
        LaunchSets = analysis.LaunchSets,
        PlannedLaunchSets = analysis.Plan.LaunchSets,
        VoidedLaunchSets = analysis.VoidedLaunchSets,
        Completed = analysis.Completed,
        ConfidenceLevel = RunConfidence.Level,
        BaselineArm = analysis.Baseline.Name,
        Arms = [.. analysis.Arms.Select(arm => ArmSummary.From(arm, analysis))],
        Thresholds = ThresholdsSummary.From(analysis.Thresholds),
        MachineNoise = new MachineNoiseSummary(analysis.MachineNoise.Knowledge, analysis.MachineNoise.Profile, MachineNoiseWording.Compose(analysis.MachineNoise)),
        Visibility = analysis.Visibility is { } retention ? new TraceRetentionSummary(TraceRetentionWording.Sentence(retention, analysis), retention.Arms) : null,
        Levels = [.. analysis.Levels.Select(LoadLevelSummary.From)],
        Generator = analysis.Plan.Generator is { } generator ? GeneratorSummary.From(generator) : null,
        ClosedLoop = analysis.ClosedLoop is { } loop ? ClosedLoopSummary.From(loop) : null,
        Decision = DecisionSummary.From(analysis),
        Month = analysis.Month is { } month ? new MonthSummary(MonthWording.Sentences(analysis), month.Traffic, month.Arms, month.Plans) : null,
    };
}

/// <summary>The trust in the run in <c>summary.json</c>.</summary>
/// <param name="Level">The level.</param>
/// <param name="Headline">One sentence with the control's intervals.</param>
/// <param name="Reasons">One sentence for each thing that lowered the trust, or that might have and did not.</param>
public sealed record TrustSummary(TrustLevel Level, string Headline, IReadOnlyList<string> Reasons)
{
    internal static TrustSummary From(RunTrust trust) => new(trust.Level, TrustWording.Headline(trust), TrustWording.Reasons(trust));
}

/// <summary>The thresholds in <c>summary.json</c>.</summary>
/// <param name="Results">One by one, in their order.</param>
/// <param name="Outcome">The worst outcome; null where there is no threshold.</param>
public sealed record ThresholdsSummary(IReadOnlyList<ThresholdSummary> Results, ThresholdOutcome? Outcome)
{
    internal static ThresholdsSummary From(RunThresholds thresholds) => new(
        [.. thresholds.Results.Select(result => new ThresholdSummary(
            result.Threshold.Text,
            result.Outcome,
            [.. result.Arms.Select(arm => new ArmThresholdSummary(arm.Arm, arm.Outcome, arm.Evidence.Measured, ThresholdWording.Sentence(result.Threshold, arm)))],
            ThresholdWording.Sentence(result)))],
        thresholds.Outcome);
}

/// <summary>One threshold in <c>summary.json</c>.</summary>
/// <param name="Threshold">The threshold as it was written.</param>
/// <param name="Outcome">What the run says of it.</param>
/// <param name="Arms">The arms that are judged.</param>
/// <param name="Sentence">One sentence for a reader.</param>
public sealed record ThresholdSummary(string Threshold, ThresholdOutcome Outcome, IReadOnlyList<ArmThresholdSummary> Arms, string Sentence);

/// <summary>One arm of a threshold in <c>summary.json</c>.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Outcome">What the run says of it.</param>
/// <param name="Measured">What was compared with the limit, in the limit's unit; null for counts and where there is none.</param>
/// <param name="Sentence">One sentence for a reader.</param>
public sealed record ArmThresholdSummary(string Arm, ThresholdOutcome Outcome, Interval? Measured, string Sentence);

/// <summary>The noise of the machine in <c>summary.json</c>.</summary>
/// <param name="Knowledge">Whether there is a profile that applies.</param>
/// <param name="Profile">The profile; null unless it applies.</param>
/// <param name="Sentences">What it says, or why there is none and what to do.</param>
public sealed record MachineNoiseSummary(NoiseProfileMatch Knowledge, NoiseProfile? Profile, IReadOnlyList<string> Sentences);

/// <summary>Trace retention in <c>summary.json</c>.</summary>
/// <param name="Sentence">How many failed requests each variant keeps, and what that costs.</param>
/// <param name="Arms">The arms in plan order.</param>
public sealed record TraceRetentionSummary(string Sentence, IReadOnlyList<ArmTraceRetention> Arms);

/// <summary>One arm in <c>summary.json</c>.</summary>
/// <param name="Name">The arm's name.</param>
/// <param name="Role">What the arm is for.</param>
/// <param name="Answer">The one sentence that answers the question for it.</param>
/// <param name="Health">What it did wrong by itself.</param>
/// <param name="Metrics">One entry for every metric of the catalogue, in its order.</param>
public sealed record ArmSummary(string Name, ArmRole Role, string Answer, ArmHealth Health, IReadOnlyList<MetricSummary> Metrics)
{
    /// <summary>Gets the exports that reached the collector and were not taken, over the launch sets that count.</summary>
    public IReadOnlyList<RejectedExport> RejectedExports { get; init; } = [];

    /// <summary>Gets the exports that were taken and held no span.</summary>
    public long ExportsWithoutSpansCount { get; init; }

    /// <summary>Gets what its processes printed in the measured windows; null where it was not noted.</summary>
    public LogVolume? Log { get; init; }

    /// <summary>Gets the CPU time by program, the most expensive first; empty where the arm is one process, and in runs that did not tell them apart.</summary>
    public IReadOnlyList<ProgramCost> CpuByProgram { get; init; } = [];

    /// <summary>Gets the requests by their names, in the order of the scenario; empty where there is one alone, and in runs that did not tell them apart.</summary>
    public IReadOnlyList<RequestSummary> Requests { get; init; } = [];

    internal static ArmSummary From(ArmAnalysis arm, RunAnalysis analysis) =>
        new(arm.Name, arm.Role, AnswerWording.Write(arm, analysis), arm.Health, [.. arm.Metrics.Select(MetricSummary.From)])
        {
            RejectedExports = arm.Spans.RejectedExports,
            ExportsWithoutSpansCount = arm.Spans.ExportsWithoutSpansCount,
            Log = arm.Log,
            CpuByProgram = arm.Programs,
            Requests = [.. arm.Requests.Select(RequestSummary.From)],
        };
}

/// <summary>The requests of one name of one arm in <c>summary.json</c>: counts over all launch sets that count, and medians over them.</summary>
/// <param name="Name">The name.</param>
/// <param name="Offered">The starts that were due: answered, failed and dropped ones.</param>
/// <param name="Answered">The requests answered as expected.</param>
/// <param name="Errors">The requests begun and not answered as expected.</param>
/// <param name="ErrorsByKind">The errors by kind; kinds that did not occur are absent.</param>
/// <param name="Dropped">The starts given up.</param>
/// <param name="P50Seconds">Median response time, of it the median over launch sets; null where a launch set has too few answers.</param>
/// <param name="P90Seconds">90th percentile, likewise.</param>
/// <param name="P99Seconds">99th percentile, likewise.</param>
public sealed record RequestSummary(
    string Name,
    long Offered,
    long Answered,
    long Errors,
    IReadOnlyDictionary<string, long> ErrorsByKind,
    long Dropped,
    double? P50Seconds,
    double? P90Seconds,
    double? P99Seconds)
{
    internal static RequestSummary From(RequestAnalysis request) => new(
        request.Total.Name,
        request.Total.Offered,
        request.Total.Answered,
        request.Total.Errors,
        request.Total.ErrorsByKind,
        request.Total.Dropped,
        request.Get(MetricId.P50).Value,
        request.Get(MetricId.P90).Value,
        request.Get(MetricId.P99).Value);
}

/// <summary>One metric of one arm in <c>summary.json</c>. Null is not measured, or not asked of this arm.</summary>
public sealed record MetricSummary
{
    /// <summary>Gets the key in the metric catalogue, for example <c>cpu</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Gets the unit of value, baseline and difference.</summary>
    public required MetricUnit Unit { get; init; }

    /// <summary>Gets the number of launch sets that measured it.</summary>
    public required int N { get; init; }

    /// <summary>Gets the median over launch sets.</summary>
    public required double? Value { get; init; }

    /// <summary>Gets the baseline's median over launch sets.</summary>
    public required double? Baseline { get; init; }

    /// <summary>Gets the relative change; 0.09 is +9 %.</summary>
    public required Interval? Ratio { get; init; }

    /// <summary>Gets the absolute change.</summary>
    public required Interval? Difference { get; init; }

    /// <summary>Gets the verdict against the practical threshold.</summary>
    public required Verdict? Verdict { get; init; }

    /// <summary>Gets the practical threshold as a ratio.</summary>
    public required double PracticalThreshold { get; init; }

    /// <summary>Gets the smallest relative change that this design finds with 80 % power.</summary>
    public required double? DetectableEffect { get; init; }

    /// <summary>Gets why there is no value or verdict, or why it is not decided; null otherwise.</summary>
    public required string? Reason { get; init; }

    internal static MetricSummary From(MetricComparison comparison)
    {
        var definition = MetricCatalog.Get(comparison.Metric);
        return new MetricSummary
        {
            Metric = definition.Key,
            Unit = definition.Unit,
            N = comparison.Samples.Count(sample => sample is not null),
            Value = comparison.Value,
            Baseline = comparison.Baseline,
            Ratio = comparison.Ratio,
            Difference = comparison.Difference,
            Verdict = comparison.Verdict,
            PracticalThreshold = comparison.PracticalThreshold,
            DetectableEffect = comparison.DetectableEffect,
            Reason = MissingWording.Of(comparison) ?? VerdictWording.Undecided(comparison),
        };
    }
}
