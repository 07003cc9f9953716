namespace PerfLab.Analysis;

/// <summary>What can be said of an arm and a metric against the practical threshold.</summary>
public enum Verdict
{
    /// <summary>The data do not decide.</summary>
    Inconclusive = 0,

    /// <summary>The interval lies within the practical threshold on both sides.</summary>
    Same = 1,

    /// <summary>The interval lies above the practical threshold.</summary>
    Slower = 2,

    /// <summary>The interval lies below the practical threshold.</summary>
    Faster = 3,

    /// <summary>There is nothing to judge: not measured, or too few launch sets.</summary>
    Invalid = 4,
}
