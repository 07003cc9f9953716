namespace PerfLab.Experiments.Scenarios;

/// <summary>What is wrong with a back end.</summary>
public enum BackEndTroubleKind
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Takes everything, and answers late.</summary>
    Slow = 1,

    /// <summary>Refuses for now: 503, or UNAVAILABLE.</summary>
    Unavailable = 2,

    /// <summary>Refuses as one too many: 429, or RESOURCE_EXHAUSTED.</summary>
    Throttled = 3,

    /// <summary>Accepts and never answers.</summary>
    Silent = 4,

    /// <summary>Reads and resets the connection.</summary>
    Reset = 5,

    /// <summary>Its port is closed.</summary>
    Down = 6,
}
