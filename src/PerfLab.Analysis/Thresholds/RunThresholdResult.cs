namespace PerfLab.Analysis.Thresholds;

/// <summary>What a run says of one threshold, over all arms that it is for.</summary>
/// <param name="Threshold">The threshold as it was written.</param>
/// <param name="Outcome">Violated when one arm violates it, Proven when it is proven for every arm and there is one, else not decided.</param>
/// <param name="Arms">The arms one by one, in the order of the threshold or of the run; empty where the threshold cannot be judged at all.</param>
/// <param name="Sentence">One sentence for a reader.</param>
public sealed record RunThresholdResult(
    string Threshold,
    ThresholdOutcome Outcome,
    IReadOnlyList<ArmThresholdResult> Arms,
    string Sentence);
