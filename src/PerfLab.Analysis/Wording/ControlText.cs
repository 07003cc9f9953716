using PerfLab.Experiments;

namespace PerfLab.Analysis.Wording;

/// <summary>What the control showed of one metric, in words.</summary>
public static class ControlText
{
    /// <summary>Says it as a part of a sentence.</summary>
    public static string Sentence(MetricComparison check)
    {
        var noun = MetricCatalog.Get(check.Metric).InSentence;
        var limits = PercentText.Limits(check.PracticalThreshold);
        return check switch
        {
            { Ratio: null } => $"{noun} not measured: {MissingWording.Of(check)}",
            { Verdict: Verdict.Same } => $"{noun} {PercentText.Change(check.Ratio)}, the same within {limits}",
            { Verdict: Verdict.Inconclusive } => $"{noun} {PercentText.Change(check.Ratio)}, not shown to lie within {limits}",
            _ => $"{noun} {PercentText.Change(check.Ratio)}, beyond {limits}",
        };
    }
}
