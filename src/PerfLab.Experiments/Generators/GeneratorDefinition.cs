using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Generators;

/// <summary>The load tool that a scenario takes in place of PerfLab's own engine.</summary>
/// <param name="Tool">Its name in <see cref="GeneratorCatalog"/>.</param>
public sealed record GeneratorDefinition(string Tool)
{
    /// <summary>Connections where the scenario does not say; as many keep a core busy in the pilot.</summary>
    public const int DefaultConnections = 16;

    /// <summary>Gets the user's own command with placeholders; null for that of the contract.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Gets the connections of a tool that keeps a number of them, 1 to 10000; default 16.</summary>
    public int Connections { get; init; } = DefaultConnections;

    /// <summary>Gets how the user's own command sends requests; null where it does what the tool usually does.</summary>
    public LoadLoop? StatedLoop { get; init; }

    /// <summary>Gets what is known of the tool.</summary>
    [JsonIgnore]
    public GeneratorTool Contract => GeneratorCatalog.Find(Tool) ?? throw new InvalidOperationException($"'{Tool}' is not a load tool that this version knows. Use one of {string.Join(", ", GeneratorCatalog.Names)}.");

    /// <summary>Gets how it sends requests.</summary>
    [JsonIgnore]
    public LoadLoop Loop => StatedLoop ?? Contract.Loop;

    /// <summary>Gets a value indicating whether it is told a rate.</summary>
    [JsonIgnore]
    public bool TakesRate => Loop != LoadLoop.Closed;

    /// <summary>
    /// Gets a value indicating whether its response times decide anything: a tool that waits for a slow response before it sends the
    /// next request leaves out what a user would have waited, unless it adds that itself.
    /// </summary>
    [JsonIgnore]
    public bool JudgesResponseTime => Loop == LoadLoop.Open || (Loop == LoadLoop.Paced && Contract.IsCorrected);
}
