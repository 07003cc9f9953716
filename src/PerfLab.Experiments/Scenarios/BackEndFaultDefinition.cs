namespace PerfLab.Experiments.Scenarios;

/// <summary>A trouble that an arm's back end is in while the arm is measured.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="DelaySeconds">How late a slow back end answers; null for other kinds.</param>
/// <param name="RetryAfterSeconds">When a sender may try again, where the back end says so; null where it does not.</param>
/// <param name="Share">The share of the rounds in trouble, from the first on, above 0 to 1; after it the back end is well again.</param>
public sealed record BackEndFaultDefinition(BackEndFaultKind Kind, double? DelaySeconds, double? RetryAfterSeconds, double Share);

/// <summary>What is wrong with a back end.</summary>
public enum BackEndFaultKind
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
