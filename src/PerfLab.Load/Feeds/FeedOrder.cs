namespace PerfLab.Load.Feeds;

/// <summary>In which order the rows of a feed are used; after the last one the first follows again.</summary>
public enum FeedOrder
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>As they stand.</summary>
    Sequential = 1,

    /// <summary>In a random order from the seed of the load, each once per pass.</summary>
    Shuffled = 2,
}
