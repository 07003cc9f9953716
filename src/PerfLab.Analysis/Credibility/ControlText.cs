using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Metrics;

namespace PerfLab.Analysis.Credibility;

/// <summary>What the control showed of one metric, in words.</summary>
internal static class ControlText
{
    internal static string Sentence(MetricComparison check)
    {
        var noun = MetricCatalogue.Get(check.Metric).InSentence;
        var limits = PercentText.Limits(check.PracticalThreshold);
        return check switch
        {
            { Ratio: null } => $"{noun} not measured: {check.NotMeasuredBecause}",
            { Verdict: Verdict.Same } => $"{noun} {PercentText.Change(check.Ratio)}, the same within {limits}",
            { Verdict: Verdict.Inconclusive } => $"{noun} {PercentText.Change(check.Ratio)}, not shown to lie within {limits}",
            _ => $"{noun} {PercentText.Change(check.Ratio)}, beyond {limits}",
        };
    }
}
