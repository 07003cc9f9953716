namespace PerfLab.Collector.Bodies;

/// <summary>How much of a body is taken, and for how long.</summary>
internal sealed record BodyLimits
{
    /// <summary>Gets the largest body as sent.</summary>
    public required int MaxWireBytes { get; init; }

    /// <summary>Gets the largest body after decompression.</summary>
    public required int MaxDecodedBytes { get; init; }

    /// <summary>Gets how many levels of messages may be nested.</summary>
    public required int MaxNesting { get; init; }

    /// <summary>Gets how long a body may take to arrive.</summary>
    public required TimeSpan Patience { get; init; }
}
