using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Wording;
using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Wording;

/// <summary>Says of an arm what it did wrong, where its answer stands.</summary>
internal static class ArmHealthWording
{
    /// <summary>Writes an arm's answer: in place of its cost that it is broken, else with what it lost.</summary>
    public static string Answer(ArmAnalysis arm, RunAnalysis analysis) => (arm.Health.State, ArmHealthText.Sentence(arm)) switch
    {
        (_, null) => AnswerWording.Write(arm, analysis),
        (ArmState.Broken, { } fault) => $"{fault} Its figures are not the cost of tracing.",
        (_, { } sentence) => $"{AnswerWording.Write(arm, analysis)} {sentence}",
    };

    /// <summary>Says that nothing can be compared with the baseline; null where it did what it should.</summary>
    public static string? BrokenBaseline(RunAnalysis analysis) =>
        analysis.Arms.FirstOrDefault(arm => arm is { Role: ArmRole.Baseline, Health.State: ArmState.Broken }) is { } baseline
            ? $"Nothing can be compared with the baseline: {ArmHealthText.Sentence(baseline)}"
            : null;

    /// <summary>Names the variants that are left out of the answer; empty where there are none.</summary>
    public static string BrokenVariants(RunAnalysis analysis)
    {
        string[] broken = [.. analysis.Arms.Where(arm => arm is { Role: ArmRole.Variant, Health.State: ArmState.Broken }).Select(arm => arm.Name)];
        return broken.Length == 0 ? string.Empty : $" Broken: {string.Join(", ", broken)}.";
    }

    /// <summary>Says which arms' spans arrived, which lost some, and of which it is not known.</summary>
    public static IReadOnlyList<string> Spans(RunAnalysis analysis)
    {
        return
        [
            .. Of(arm => arm.Health.Spans == SpanBalance.Balanced, "Every sampled span of ", " arrived."),
            .. analysis.Arms.Where(arm => arm.Health is { Spans: SpanBalance.Unbalanced, SpansLostRatio: > 0 }).Select(arm => $"{arm.Name} lost {ArmHealthText.Percent(arm.Health.SpansLostRatio!.Value)} of its spans ({DisplayText.Count(arm.Spans.MissingCount ?? 0)} of {DisplayText.Count(arm.Spans.SampledCount ?? 0)})."),
            .. Of(arm => arm.Health is { State: not ArmState.Unknown, Spans: SpanBalance.NotMeasured }, "Lost spans of ", " would go unseen: the target does not say what it sampled."),
            .. Of(arm => arm.Health.Spans == SpanBalance.FaultInjected, "Lost spans of ", " are shown and not judged: the back end was faulty on purpose."),
        ];

        IEnumerable<string> Of(Func<ArmAnalysis, bool> applies, string before, string after)
        {
            var arms = string.Join(", ", analysis.Arms.Where(applies).Select(arm => arm.Name));
            return arms.Length == 0 ? [] : [before + arms + after];
        }
    }

    /// <summary>Gets the missing spans with their share: <c>3 (0.0003 %)</c>; null where not measured.</summary>
    public static string? Missing(ArmAnalysis arm) => (arm.Spans.MissingCount, arm.Health.SpansLostRatio) switch
    {
        (null, _) => null,
        ( > 0 and var missing, > 0 and var ratio) => $"{DisplayText.Count(missing)} ({ArmHealthText.Percent(ratio)})",
        ({ } missing, _) => DisplayText.Count(missing),
    };
}
