using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Findings;

/// <summary>What a finding of the analysis saw. It follows from the raw results, so it is not stored.</summary>
public abstract record AnalysisFindingDetails : FindingDetails;

/// <summary>A run that ended before its plan, or was interrupted.</summary>
/// <param name="LaunchSets">Launch sets that count.</param>
/// <param name="PlannedLaunchSets">Launch sets of the plan.</param>
/// <param name="Reason">Why it ended, as the run says; null where it was interrupted or does not say.</param>
public sealed record RunEndedEarly(int LaunchSets, int PlannedLaunchSets, string? Reason) : AnalysisFindingDetails;

/// <summary>A design that cannot judge so many variants at once.</summary>
/// <param name="Variants">Variants compared.</param>
/// <param name="LaunchSets">Launch sets that count.</param>
/// <param name="NeededLaunchSets">Launch sets that it takes.</param>
/// <param name="SmallestPValue">The p value of the most extreme result, after Holm's adjustment.</param>
public sealed record TooFewLaunchSets(int Variants, int LaunchSets, int NeededLaunchSets, double SmallestPValue) : AnalysisFindingDetails;

/// <summary>A plan that cannot find what the scenario wants to find.</summary>
/// <param name="Sizing">What the precision takes.</param>
/// <param name="LaunchSets">Launch sets of the plan.</param>
public sealed record PrecisionNotReached(PlanSizing Sizing, int LaunchSets) : AnalysisFindingDetails;

/// <summary>A run that turned out to be less precise than its plan promised.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="DetectableRatio">The change that the run detects.</param>
/// <param name="WantedRatio">The change that was to be detected.</param>
/// <param name="Sizing">What promised it.</param>
public sealed record PrecisionMissed(MetricId Metric, double DetectableRatio, double WantedRatio, PlanSizing Sizing) : AnalysisFindingDetails;

/// <summary>A metric without a comparison.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Missing">Why.</param>
/// <param name="Arms">The arms that lack it.</param>
public sealed record MetricMissing(MetricId Metric, MissingMeasurement Missing, IReadOnlyList<string> Arms) : AnalysisFindingDetails;

/// <summary>A metric that the target's runtime does not have.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Missing">Why.</param>
public sealed record MetricNotAvailable(MetricId Metric, MissingMeasurement Missing) : AnalysisFindingDetails;

/// <summary>A fault of an arm.</summary>
/// <param name="State">How far the arm's figures can be used.</param>
/// <param name="Fault">The fault.</param>
public sealed record ArmFaulty(ArmState State, ArmFault Fault) : AnalysisFindingDetails;

/// <summary>An arm that costs less than a baseline that does less tracing.</summary>
/// <param name="Metric">The metric in which it costs less.</param>
/// <param name="Ratio">The change.</param>
/// <param name="Baseline">What the baseline does less.</param>
public sealed record CheaperThanNoTracing(MetricId Metric, Interval Ratio, LessTracing Baseline) : AnalysisFindingDetails;

/// <summary>What a baseline does less than an arm.</summary>
public enum LessTracing
{
    /// <summary>It is not known to do less.</summary>
    Unknown = 0,

    /// <summary>It exports no span, and the arm does.</summary>
    ExportsNothing = 1,

    /// <summary>It is told to have no SDK, and the arm is not.</summary>
    HasNoSdk = 2,

    /// <summary>It exports fewer spans for a request than the arm, which differs in nothing but the sampler.</summary>
    ExportsLess = 3,
}

/// <summary>The machine had less of something than the run wanted.</summary>
/// <param name="Resource">What.</param>
public sealed record ResourceScarce(ScarceResource Resource) : AnalysisFindingDetails;

/// <summary>What the platform could not give.</summary>
/// <param name="NotMeasured">A sentence each, as the manifest has them.</param>
public sealed record PlatformLimits(IReadOnlyList<string> NotMeasured) : AnalysisFindingDetails;

/// <summary>A finding of one or more launch sets.</summary>
/// <param name="Times">How often it was found.</param>
/// <param name="AffectedLaunchSets">In how many launch sets.</param>
/// <param name="LaunchSets">Launch sets that count.</param>
/// <param name="Launch">The launch set of the example.</param>
/// <param name="Example">The gravest, the earliest among equals.</param>
public sealed record LaunchSetFinding(int Times, int AffectedLaunchSets, int LaunchSets, int Launch, Finding Example) : AnalysisFindingDetails;

/// <summary>A launch set that does not count.</summary>
/// <param name="Causes">What voided it; empty where it does not say.</param>
public sealed record LaunchVoided(IReadOnlyList<Finding> Causes) : AnalysisFindingDetails;

/// <summary>Launch sets whose change of a metric lies outside Tukey's fences.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="All">The outliers.</param>
public sealed record Outliers(MetricId Metric, IReadOnlyList<Outlier> All) : AnalysisFindingDetails;

/// <summary>A launch set whose change lies outside Tukey's fences.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Launch">The launch set.</param>
/// <param name="Ratio">The change.</param>
public sealed record Outlier(string Arm, int Launch, double Ratio);

/// <summary>Exports that the collector rejected.</summary>
/// <param name="Exports">By path, status and reason.</param>
public sealed record ExportsRejected(IReadOnlyList<RejectedExport> Exports) : AnalysisFindingDetails;

/// <summary>Exports that the collector took and that held no span.</summary>
/// <param name="Count">How many.</param>
/// <param name="ExportCount">All exports that were taken.</param>
public sealed record ExportsWithoutSpans(long Count, long ExportCount) : AnalysisFindingDetails;

/// <summary>Exports of metrics or logs, whose cost is in the figures of the arm.</summary>
/// <param name="Count">How many.</param>
/// <param name="IsDisabled">Whether the arm is told to have no SDK; else it is a variant, and the baseline sent none.</param>
public sealed record OtherSignalsExported(long Count, bool IsDisabled) : AnalysisFindingDetails;

/// <summary>Personal data in exported spans.</summary>
/// <param name="SpanCount">Spans inspected.</param>
/// <param name="Places">Where it was found.</param>
public sealed record PersonalDataFound(long SpanCount, IReadOnlyList<PersonalDataLocation> Places) : AnalysisFindingDetails;

/// <summary>Cost that depends on the place within a round.</summary>
/// <param name="Change">From the first place to the last, all arms together.</param>
public sealed record OrderEffect(Interval Change) : AnalysisFindingDetails;

/// <summary>Cost that depends on the round.</summary>
/// <param name="Change">From the first round to the last, all arms together.</param>
public sealed record DriftOverRounds(Interval Change) : AnalysisFindingDetails;

/// <summary>CPU per request of rounds that has several modes.</summary>
/// <param name="AffectedLaunchSets">Launch sets in which it has.</param>
/// <param name="LaunchSets">Launch sets that count.</param>
/// <param name="ModeSeconds">The modes of the first of them.</param>
public sealed record MultimodalRounds(int AffectedLaunchSets, int LaunchSets, IReadOnlyList<double> ModeSeconds) : AnalysisFindingDetails;

/// <summary>Measured windows that hold few garbage collections.</summary>
/// <param name="Arms">Those arms.</param>
public sealed record FewCollections(IReadOnlyList<CollectionCounts> Arms) : AnalysisFindingDetails;

/// <summary>Garbage collections of an arm in the measured window of a launch set.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Least">The fewest in a launch set.</param>
/// <param name="Most">The most in a launch set.</param>
public sealed record CollectionCounts(string Arm, long Least, long Most);

/// <summary>Arms whose processors were busy nearly all the time.</summary>
/// <param name="Arms">Those arms, the busiest first.</param>
public sealed record TargetsSaturated(IReadOnlyList<Utilization> Arms) : AnalysisFindingDetails
{
    /// <summary>Gets the share that the scenario allowed the pilot; null where no pilot chose the rate by it.</summary>
    public double? AllowedBusyShare { get; init; }
}
