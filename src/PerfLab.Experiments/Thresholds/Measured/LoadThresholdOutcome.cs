namespace PerfLab.Experiments.Thresholds.Measured;

/// <summary>What became of a threshold of a load test.</summary>
public enum LoadThresholdOutcome
{
    /// <summary>There is no value to judge. It does not pass.</summary>
    NotMeasured = 0,

    /// <summary>The measured value meets the condition.</summary>
    Passed = 1,

    /// <summary>The measured value does not meet the condition.</summary>
    Failed = 2,
}
