namespace PerfLab.Collector.TailSampling;

/// <summary>Who made some of the spans that are held back: a copy of the Resource message that they share.</summary>
/// <param name="resource">The message.</param>
internal sealed class Origin(byte[] resource)
{
    private int spans;

    /// <summary>Gets the Resource message.</summary>
    public ReadOnlySpan<byte> Resource => resource;

    /// <summary>Gets the bytes that one more span would hold of it: none while another span does.</summary>
    public int UntakenBytes => spans == 0 ? resource.Length : 0;

    /// <summary>Counts a span that needs it.</summary>
    /// <returns>The bytes that are held from now on: none if another span needed it already.</returns>
    public int Take() => spans++ == 0 ? resource.Length : 0;

    /// <summary>Counts a span that needs it no more.</summary>
    /// <returns>The bytes that nobody needs any more.</returns>
    public int Release() => --spans == 0 ? resource.Length : 0;
}
