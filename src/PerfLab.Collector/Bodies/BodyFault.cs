namespace PerfLab.Collector.Bodies;

/// <summary>Why a body could not be read or decompressed.</summary>
internal enum BodyFault
{
    /// <summary>It could.</summary>
    None = 0,

    /// <summary>It is larger than the limit.</summary>
    TooLarge,

    /// <summary>The compressed bytes are not a whole gzip stream.</summary>
    Corrupt,

    /// <summary>The receiver holds as many bytes as it may: the sender may try again.</summary>
    OverBudget,

    /// <summary>The sender took too long.</summary>
    TooSlow,

    /// <summary>The connection ended before the body did.</summary>
    Broken,
}
