namespace PerfLab.Experiments.Plans;

/// <summary>What an arm is for.</summary>
public enum ArmRole
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>What all others are compared with.</summary>
    Baseline = 1,

    /// <summary>The baseline once more, judged like any arm.</summary>
    Control = 2,

    /// <summary>A configuration under question.</summary>
    Variant = 3,
}
