using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Reporting.LoadTests;

/// <summary>
/// The thresholds of a load test in the XML of JUnit: a case each. A threshold without a value to judge is skipped in the file,
/// which does not mean that it passed: the exit code of the load is 99 all the same.
/// </summary>
public static class JUnitReport
{
    private const string Suite = "perflab load";

    /// <summary>Writes the document.</summary>
    /// <param name="record">The load test.</param>
    public static string Of(LoadTestRecord record) => new JUnitDocument(
        Suite,
        record.WindowSeconds,
        [.. record.Thresholds.Select(threshold => new JUnitCase($"{record.Setting.Method} {record.Setting.Url}", threshold.Threshold, OutcomeOf(threshold.Outcome), threshold.Sentence))]).Write();

    private static JUnitOutcome OutcomeOf(LoadThresholdOutcome outcome) => outcome switch
    {
        LoadThresholdOutcome.Passed => JUnitOutcome.Passed,
        LoadThresholdOutcome.Failed => JUnitOutcome.Failed,
        _ => JUnitOutcome.Skipped,
    };
}
