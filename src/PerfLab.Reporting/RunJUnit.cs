using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Trust;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting;

/// <summary>
/// The thresholds of a run in the XML of JUnit: a case each. One that is not decided is skipped with what would settle it, which
/// does not mean that it passed; in an untrusted run it is an error.
/// </summary>
public static class RunJUnit
{
    /// <summary>Writes the document. A run without thresholds that is not trusted has one case, so that it is no empty success.</summary>
    /// <param name="analysis">The run.</param>
    public static string Of(RunAnalysis analysis) => new JUnitDocument(
        $"perflab scenario {analysis.Plan.Scenario}",
        Seconds: null,
        analysis is { Trust.Level: (TrustLevel.Untrusted or TrustLevel.Undecided) and var level, Thresholds.Results.Count: 0 }
            ? [new JUnitCase(analysis.Plan.Scenario, "trust", level == TrustLevel.Untrusted ? JUnitOutcome.Error : JUnitOutcome.Skipped, TrustWording.Sentence(analysis.Trust))]
            : [.. analysis.Thresholds.Results.Select(result => Case(result, analysis))]).Write();

    private static JUnitCase Case(RunThresholdResult result, RunAnalysis analysis)
    {
        var outcome = result.Outcome switch
        {
            ThresholdOutcome.Proven => JUnitOutcome.Passed,
            ThresholdOutcome.Violated => JUnitOutcome.Failed,
            _ => analysis.Trust.Level == TrustLevel.Untrusted ? JUnitOutcome.Error : JUnitOutcome.Skipped,
        };
        var advice = result.Outcome == ThresholdOutcome.NotDecided ? ThresholdAdvice.Of(result, analysis.LaunchSets) : string.Empty;
        return new JUnitCase(analysis.Plan.Scenario, result.Threshold.Text, outcome, $"{ThresholdWording.Sentence(result)} {advice}".TrimEnd())
        {
            Details = [.. result.Arms.Select(arm => ThresholdWording.Sentence(result.Threshold, arm))],
        };
    }
}
