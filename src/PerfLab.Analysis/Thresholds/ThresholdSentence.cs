using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Thresholds;

/// <summary>Outcomes in words.</summary>
internal static class ThresholdSentence
{
    internal static string Of(Threshold threshold, string arm, ThresholdJudgment judgement) =>
        $"{threshold.Condition} {Verb(judgement.Outcome)} {arm}: {judgement.Facts}.";

    internal static string OfAll(Threshold threshold, IReadOnlyList<ArmThresholdResult> arms)
    {
        if (arms.Count == 0)
        {
            return $"{threshold.Text} is not decided: the run has no arm to judge.";
        }

        ThresholdOutcome[] worstFirst = [ThresholdOutcome.Violated, ThresholdOutcome.NotDecided, ThresholdOutcome.Proven];
        var parts = worstFirst
            .Select(outcome => (outcome, Names: string.Join(", ", arms.Where(arm => arm.Outcome == outcome).Select(arm => arm.Arm))))
            .Where(part => part.Names.Length > 0)
            .Select(part => $"{Verb(part.outcome)} {part.Names}");
        return arms.Count == 1 ? arms[0].Sentence : $"{threshold.Condition} {string.Join("; ", parts)}.";
    }

    private static string Verb(ThresholdOutcome outcome) => outcome switch
    {
        ThresholdOutcome.Proven => "holds for",
        ThresholdOutcome.Violated => "is violated by",
        _ => "is not decided for",
    };
}
