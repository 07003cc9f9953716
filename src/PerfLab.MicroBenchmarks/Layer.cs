using PerfLab.Experiments.Results;

namespace PerfLab.MicroBenchmarks;

/// <summary>A layer on the path of a span that can be measured by itself.</summary>
/// <param name="Name">Stable key: lower-case letters, digits and dashes, with a slash between the layer and its variant.</param>
/// <param name="Over">The layer whose operation this one contains: what this one costs is the difference. Null for the empty operation.</param>
/// <param name="Create">Sets it up.</param>
internal sealed record Layer(string Name, string? Over, Func<LayerOperation> Create)
{
    /// <summary>The operation that does nothing: what calling an operation costs by itself.</summary>
    public const string Nothing = "nothing";

    /// <summary>Gets what the figures count.</summary>
    public LayerUnit Unit { get; init; } = LayerUnit.Span;

    /// <summary>Gets how many units one operation does.</summary>
    public int Units { get; init; } = 1;

    /// <summary>Gets by how much of the expected bytes an operation may differ, because other threads allocate at moments of their own; 0 where it allocates the same every time.</summary>
    public double AllocationTolerance { get; init; }

    /// <summary>Gets a value indicating whether what it allocates depends on the machine (a stack trace has paths), so that nothing can be expected of it.</summary>
    public bool AllocationVaries { get; init; }

    /// <summary>Gets all layers, each after the one that it stands on.</summary>
    public static IReadOnlyList<Layer> All { get; } =
    [
        new(Nothing, null, () => new LayerOperation(static () => { })),
        .. SpanLayers.All,
        .. PropagationLayers.All,
        .. ProcessorLayers.All,
        .. ExporterLayers.All,
        .. InstrumentationLayers.All,
    ];

    /// <summary>Finds the layers whose name contains a text, with those that they stand on.</summary>
    /// <param name="filter">The text, or null for all.</param>
    public static IReadOnlyList<Layer> Find(string? filter)
    {
        var wanted = All.Where(layer => filter is null || layer.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)).Select(layer => layer.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var layer in All.Reverse())
        {
            if (layer.Over is { } below && wanted.Contains(layer.Name))
            {
                wanted.Add(below);
            }
        }

        return [.. All.Where(layer => wanted.Contains(layer.Name))];
    }
}

/// <summary>A layer that is set up.</summary>
/// <param name="invoke">Does it once.</param>
/// <param name="owned">What is disposed with it, the first first.</param>
internal sealed class LayerOperation(Action invoke, params IReadOnlyList<IDisposable> owned) : IDisposable
{
    /// <summary>Gets the operation.</summary>
    public Action Invoke { get; } = invoke;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in owned)
        {
            one.Dispose();
        }
    }
}
