using PerfLab.Load.Feeds;

namespace PerfLab.Load;

/// <summary>What a mix has beyond its requests.</summary>
public sealed record RequestMixOptions
{
    /// <summary>Gets the feeds that fill placeholders <c>{{field}}</c> or <c>{{feed.field}}</c>; null leaves double braces alone.</summary>
    public IReadOnlyList<DataFeed>? Feeds { get; init; }

    /// <summary>Gets the checks of responses by the name of their request.</summary>
    public IReadOnlyDictionary<string, ResponseCheck> Checks { get; init; } = new Dictionary<string, ResponseCheck>(StringComparer.Ordinal);
}
