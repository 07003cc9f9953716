namespace PerfLab.Experiments.Scenarios;

/// <summary>One kind of request.</summary>
public sealed record RequestDefinition
{
    /// <summary>Gets the name, unique within the target.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the HTTP method in upper case; default <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the absolute path with query.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the headers in file order.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Gets the body as text, sent as UTF-8; null sends none.</summary>
    public required string? Body { get; init; }

    /// <summary>Gets the status that counts as an answer; any other is an error. Default 200.</summary>
    public required int ExpectedStatus { get; init; }

    /// <summary>Gets the relative frequency; default 1.</summary>
    public required double Weight { get; init; }
}
