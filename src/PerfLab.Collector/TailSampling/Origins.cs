using PerfLab.Collector.Traces;

namespace PerfLab.Collector.TailSampling;

/// <summary>Finds the origin of a resource again: an exporter sends the same one with every batch.</summary>
internal sealed class Origins
{
    // An arm has a few processes; a larger resource than this is copied anew each time rather than kept for ever.
    private const int RecentCount = 8;
    private const int LargestRecentBytes = 64 * 1024;

    private readonly Origin?[] recent = new Origin?[RecentCount];
    private int next;

    /// <summary>Gets the origin of a resource.</summary>
    public Origin Of(ResourceView resource)
    {
        foreach (var known in recent)
        {
            if (known is not null && known.Resource.SequenceEqual(resource.Message))
            {
                return known;
            }
        }

        var fresh = new Origin(resource.Message.ToArray());
        if (resource.Message.Length <= LargestRecentBytes)
        {
            recent[next] = fresh;
            next = (next + 1) % RecentCount;
        }

        return fresh;
    }
}
