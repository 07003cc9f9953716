namespace PerfLab.Analysis.Thresholds;

/// <summary>What a run says of a threshold.</summary>
public enum ThresholdOutcome
{
    /// <summary>The run does not decide: the interval reaches across the limit, something was not measured, or the run is not trusted.</summary>
    NotDecided = 0,

    /// <summary>The whole interval meets the condition, or the count does.</summary>
    Proven = 1,

    /// <summary>Nothing of the interval meets the condition, or the count does not.</summary>
    Violated = 2,
}
