using PerfLab.Experiments.Thresholds;

namespace PerfLab.Cli.Verbs.Loads;

/// <summary>Thresholds of a command line.</summary>
internal static class ThresholdTexts
{
    /// <summary>Reads thresholds that a load test can judge; others become faults.</summary>
    public static Threshold[] ReadForLoad(IReadOnlyList<string> texts, UsageFaults faults)
    {
        var thresholds = texts.Select(text => faults.Read(() => Threshold.Parse(text), null)).OfType<Threshold>().ToArray();
        foreach (var threshold in thresholds)
        {
            var fault = ThresholdUse.FaultInLoadTest(threshold);
            faults.Unless(fault is null, $"threshold '{threshold.Text}': {fault}");
        }

        return thresholds;
    }
}
