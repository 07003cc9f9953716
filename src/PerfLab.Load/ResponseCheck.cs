namespace PerfLab.Load;

/// <summary>What the body of a response with the expected status must fulfil; otherwise it is the error <c>unexpected_body</c>.</summary>
public sealed record ResponseCheck
{
    /// <summary>Gets a text that the body holds somewhere, as UTF-8, after decoding of chunks; null when any will do.</summary>
    public string? BodyContains { get; init; }

    /// <summary>Gets the least length of the body in bytes; null when any will do.</summary>
    public long? MinBodyBytes { get; init; }

    /// <summary>Gets the greatest length of the body in bytes; null when any will do.</summary>
    public long? MaxBodyBytes { get; init; }
}
