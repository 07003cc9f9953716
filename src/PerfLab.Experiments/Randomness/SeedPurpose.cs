namespace PerfLab.Experiments.Randomness;

/// <summary>What a sub-seed is for. The numbers are part of what a seed means: never renumber, only add.</summary>
public enum SeedPurpose
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The order of the arms in a round; index: launch set, block of rounds.</summary>
    RoundOrder = 1,

    /// <summary>The arrival schedule of a round, the same for all its arms; index: launch set, round.</summary>
    Arrivals = 2,

    /// <summary>The choice of requests of a round, the same for all its arms; index: launch set, round.</summary>
    RequestOrder = 3,

    /// <summary>The load of a warm-up, the same for all arms; index: launch set, window.</summary>
    WarmUp = 4,

    /// <summary>The load of the pilot in open loop, the same for all arms; index: step, visit.</summary>
    Pilot = 5,

    /// <summary>The order in which the arms of a launch set are started; index: launch set.</summary>
    StartOrder = 6,

    /// <summary>The load that shows what the arms let one see; index: launch set, arm, and 0 for arrivals or 1 for kinds of request.</summary>
    Visibility = 7,
}
