using PerfLab.Collector.Payloads;

namespace PerfLab.Collector.TailSampling;

/// <summary>Finds the origin of a resource again: an exporter sends the same one with every batch.</summary>
internal sealed class InternedResources
{
    // An arm has a few processes; a larger resource than this is copied anew each time rather than kept for ever.
    private const int RecentCount = 8;
    private const int LargestRecentBytes = 64 * 1024;

    private readonly InternedResource?[] recent = new InternedResource?[RecentCount];
    private int next;

    /// <summary>Gets the origin of a resource.</summary>
    public InternedResource Intern(ResourceView resource)
    {
        foreach (var known in recent)
        {
            if (known is not null && known.Message.SequenceEqual(resource.Message))
            {
                return known;
            }
        }

        var fresh = new InternedResource(resource.Message.ToArray());
        if (resource.Message.Length <= LargestRecentBytes)
        {
            recent[next] = fresh;
            next = (next + 1) % RecentCount;
        }

        return fresh;
    }
}

/// <summary>Who made some of the spans that are held back: a copy of the Resource message that they share.</summary>
/// <param name="resource">The message.</param>
internal sealed class InternedResource(byte[] resource)
{
    private int spans;

    /// <summary>Gets the Resource message.</summary>
    public ReadOnlySpan<byte> Message => resource;

    /// <summary>Gets the bytes that one more span would hold of it: none while another span does.</summary>
    public int BytesIfReferenced => spans == 0 ? resource.Length : 0;

    /// <summary>Counts a span that needs it.</summary>
    /// <returns>The bytes that are held from now on: none if another span needed it already.</returns>
    public int AddReference() => spans++ == 0 ? resource.Length : 0;

    /// <summary>Counts a span that needs it no more.</summary>
    /// <returns>The bytes that nobody needs any more.</returns>
    public int Release() => --spans == 0 ? resource.Length : 0;
}
