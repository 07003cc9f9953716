namespace PerfLab.Analysis.Thresholds;

/// <summary>What a run says of all its thresholds.</summary>
/// <param name="Results">One by one, in the order in which they were given.</param>
public sealed record RunThresholds(IReadOnlyList<RunThresholdResult> Results)
{
    /// <summary>Gets the worst outcome, a violation before what is not decided; null when there is no threshold.</summary>
    public ThresholdOutcome? Outcome => Results.Count == 0 ? null : OutcomeRule.Combine(Results.Select(result => result.Outcome));

    /// <summary>Says whether the thresholds fail the run.</summary>
    /// <param name="failOnInconclusive">Whether a threshold that is not decided fails it as a violated one does.</param>
    public bool Fail(bool failOnInconclusive) =>
        Outcome == ThresholdOutcome.Violated || (failOnInconclusive && Outcome == ThresholdOutcome.NotDecided);
}
