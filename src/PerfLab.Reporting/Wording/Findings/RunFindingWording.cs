using System.Globalization;
using PerfLab.Analysis.Findings;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Wording.Findings;

/// <summary>Findings about the run as a whole: how it ended, what its design can decide, what is missing.</summary>
internal static class RunFindingWording
{
    private const string RunAgain = "The launch sets that were completed count and are analyzed; run the scenario again for the full number.";

    public static FindingText? Of(FindingDetails details) => details switch
    {
        RunEndedEarly { Reason: null } ending => new($"The run stopped before it could record a reason, after {Reached(ending)}.", RunAgain),
        RunEndedEarly { Reason: { } reason } ending => new($"The run ended after {Reached(ending)}: {reason.TrimEnd('.')}.", RunAgain),
        TooFewLaunchSets few => new(
            $"With {few.Variants} variants, {few.LaunchSets} launch sets may be too few to call any of them slower or faster: after Holm's adjustment the most extreme result has p = {PercentText.Probability(few.SmallestPValue)}.",
            $"Set design.launch_sets to {few.NeededLaunchSets} or more, or compare fewer variants."),
        PrecisionNotReached precision => new(
            string.Join(" ", SizingWording.Of(precision.Sizing, precision.LaunchSets)),
            "Raise design.budget, or ask for less in design.precision."),
        PrecisionMissed precision => new(
            $"{MetricCatalog.Get(precision.Metric).InSentence}: by its own spread this run detects {QuantityFormat.Percent(precision.DetectableRatio)} or more, and {QuantityFormat.Percent(precision.WantedRatio)} was wanted. {Capital(SizingWording.Source(precision.Sizing))} promised better.",
            "Arms that run different code spread more than identical ones. Raise design.launch_sets if the answer is not clear."),
        MetricNotAvailable missing => new(
            $"{MetricCatalog.Get(missing.Metric).Title} is {MissingWording.NotAvailable(missing.Metric, missing.Missing)}.",
            "It decides nothing and keeps nothing else from being decided."),
        MetricMissing missing => new(
            $"{MetricCatalog.Get(missing.Metric).Title} of {string.Join(", ", missing.Arms)} has no verdict: {MissingWording.Of(missing.Metric, missing.Missing)}.",
            missing.Missing.Reason == MissingReason.TooFewAnswers
                ? "Raise load.rate or design.rounds, or judge a lower percentile."
                : "What was not measured passes no gate; see the readings in the launch folders."),
        CheaperThanNoTracing cheaper => new(
            $"It {Does(cheaper.Baseline)}: {MetricCatalog.Get(cheaper.Metric).InSentence} is {PercentText.Change(cheaper.Ratio)}. Tracing less cannot cost more, so something else differs.",
            "Find the reason before you use the number: another code path, a cache, fewer answers, or another version of the service."),
        ResourceScarce { Resource: { Kind: ScarceResourceKind.Processors } processors } => new(
            $"The run may use {Number(processors.Available)} of the {Number(processors.Wanted)} processors that it wants: targets and load generator share it and disturb each other.",
            "Allow it another processor (taskset, cpuset)."),
        ResourceScarce { Resource: { Kind: ScarceResourceKind.CpuQuota } quota } => new(
            $"The quota of the control group allows the CPU time of {Number(quota.Available)} processors where {Number(quota.Wanted)} may be used: who uses it up is stopped for the rest of a period, in the midst of requests.",
            "Remove the quota (cpu.max, docker --cpus) and limit the processors in its place (docker --cpuset-cpus)."),
        ResourceScarce { Resource: { Kind: ScarceResourceKind.Memory } memory } => new(
            $"{Number(memory.Available / 1e6)} MB of memory could be had before the start, and all arms at once may want {Number(memory.Wanted / 1e6)} MB: swapping would show in every response time.",
            "Free memory, raise the limit of the control group, or compare fewer variants at a time."),
        PlatformLimits limits => new(string.Join(" ", limits.NotMeasured), "Run on Linux with the probe to measure everything that PerfLab can measure."),
        _ => null,
    };

    private static string Does(LessTracing baseline) => baseline switch
    {
        LessTracing.ExportsNothing => "exports spans and costs less than a baseline that exports none",
        LessTracing.HasNoSdk => "has an SDK and costs less than a baseline that has none",
        _ => "exports more spans than a baseline that differs in nothing but the sampler, and costs less",
    };

    private static string Reached(RunEndedEarly ending) => $"{ending.LaunchSets} of {DisplayText.Counted(ending.PlannedLaunchSets, "launch set")}";

    private static string Number(double value) => value.ToString("#,0.#", CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
