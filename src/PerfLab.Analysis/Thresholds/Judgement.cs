namespace PerfLab.Analysis.Thresholds;

/// <summary>What the numbers of an arm say of a threshold, before anybody asks whether the run is trusted.</summary>
/// <param name="Outcome">What they say.</param>
/// <param name="Measured">What was compared with the limit; null for counts and where there is none.</param>
/// <param name="Facts">The numbers in words, or why there are none.</param>
internal sealed record Judgement(ThresholdOutcome Outcome, Interval? Measured, string Facts)
{
    internal static Judgement Open(string because) => new(ThresholdOutcome.NotDecided, null, because);
}
