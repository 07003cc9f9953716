namespace PerfLab.Statistics.SignedRanks;

/// <summary>What a test looks for beside its null hypothesis.</summary>
public enum Alternative
{
    /// <summary>The centre differs from the null value, in either direction.</summary>
    TwoSided = 0,

    /// <summary>The centre is above the null value.</summary>
    Greater = 1,

    /// <summary>The centre is below the null value.</summary>
    Less = 2,
}
