using PerfLab.Experiments.Results;

namespace PerfLab.Analysis;

/// <summary>Layers measured with two sets of libraries, in turn.</summary>
public sealed record LayerComparison
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The name of the file in the folder of a run.</summary>
    public const string FileName = "comparison.json";

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets the versions of the libraries of this checkout.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Gets the versions of the libraries that they are held against.</summary>
    public required IReadOnlyDictionary<string, string> OtherVersions { get; init; }

    /// <summary>Gets the layers that both have, in order.</summary>
    public required IReadOnlyList<LayerDifference> Layers { get; init; }

    /// <summary>Gets the layers that one of them does not have.</summary>
    public required IReadOnlyList<string> OnlyInOne { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="these">Records of this checkout, each before the one at the same place in <paramref name="others"/>; at least one.</param>
    /// <param name="others">Records of the other versions.</param>
    /// <exception cref="ArgumentException">There are no records, or not as many of each.</exception>
    public static LayerComparison Of(IReadOnlyList<MicroBenchmarkRecord> these, IReadOnlyList<MicroBenchmarkRecord> others)
    {
        ArgumentNullException.ThrowIfNull(these);
        ArgumentNullException.ThrowIfNull(others);
        if (these.Count == 0 || these.Count != others.Count)
        {
            throw new ArgumentException("There are not as many records of the one as of the other. Give a pair for each turn.", nameof(others));
        }

        string[] names = [.. these[0].Layers.Select(layer => layer.Layer)];
        string[] otherNames = [.. others[0].Layers.Select(layer => layer.Layer)];
        return new LayerComparison
        {
            FormatVersion = CurrentFormatVersion,
            Versions = these[0].Versions,
            OtherVersions = others[0].Versions,
            Layers = [.. names.Intersect(otherNames, StringComparer.Ordinal).Select(name => Compare(name, CostsOf(name, these), CostsOf(name, others)))],
            OnlyInOne = [.. names.Except(otherNames, StringComparer.Ordinal), .. otherNames.Except(names, StringComparer.Ordinal)],
        };
    }

    private static LayerCost[] CostsOf(string name, IReadOnlyList<MicroBenchmarkRecord> records) =>
        [.. records.Select(record => record.Layers.Single(layer => layer.Layer == name))];

    private static LayerDifference Compare(string name, LayerCost[] these, LayerCost[] others)
    {
        var pairs = these.Zip(others).Select(pair => pair is ({ NanosecondsPerUnit: { } one }, { NanosecondsPerUnit: { } other }) ? IndependentSum.Of((1, one), (-1, other)) : null).OfType<LayerInterval>().ToArray();
        return new LayerDifference
        {
            Layer = name,
            Unit = these[0].Unit,
            Nanoseconds = MeanOf(these),
            OtherNanoseconds = MeanOf(others),
            Difference = pairs.Length < these.Length ? null : Together(pairs),
            AllocatedBytes = these.Min(cost => cost.AllocatedBytesPerUnit),
            OtherAllocatedBytes = others.Min(cost => cost.AllocatedBytesPerUnit),
        };
    }

    private static double? MeanOf(LayerCost[] costs) => costs.Any(cost => cost.NanosecondsPerUnit is null) ? null : costs.Average(cost => cost.NanosecondsPerUnit!.Mean);

    // An interval of iterations says nothing of another start of the process; where the turns differ by more, they bound it.
    private static LayerInterval Together(LayerInterval[] pairs)
    {
        var mean = IndependentSum.Of([.. pairs.Select(pair => (1.0 / pairs.Length, pair))]);
        return new LayerInterval(mean.Mean, Math.Min(mean.Low, pairs.Min(pair => pair.Mean)), Math.Max(mean.High, pairs.Max(pair => pair.Mean)));
    }
}

/// <summary>A layer with two sets of libraries.</summary>
public sealed record LayerDifference
{
    /// <summary>Gets the layer's name.</summary>
    public required string Layer { get; init; }

    /// <summary>Gets what the figures count.</summary>
    public required LayerUnit Unit { get; init; }

    /// <summary>Gets the CPU time per unit with the libraries of this checkout, in nanoseconds; null where nothing was measured.</summary>
    public required double? Nanoseconds { get; init; }

    /// <summary>Gets the same with the others.</summary>
    public required double? OtherNanoseconds { get; init; }

    /// <summary>Gets this less the other, with an interval that holds the difference of each turn too; null where nothing was measured.</summary>
    public required LayerInterval? Difference { get; init; }

    /// <summary>Gets the managed bytes per unit with the libraries of this checkout.</summary>
    public required double AllocatedBytes { get; init; }

    /// <summary>Gets the same with the others.</summary>
    public required double OtherAllocatedBytes { get; init; }

    /// <summary>Gets what the interval says.</summary>
    public LayerVerdict Verdict => Difference switch
    {
        { High: < 0 } => LayerVerdict.Cheaper,
        { Low: > 0 } => LayerVerdict.Dearer,
        _ => LayerVerdict.CannotTell,
    };
}

/// <summary>Whether a layer costs less CPU time with this checkout's libraries.</summary>
public enum LayerVerdict
{
    /// <summary>The interval contains 0, or nothing was measured.</summary>
    CannotTell = 0,

    /// <summary>It costs less.</summary>
    Cheaper = 1,

    /// <summary>It costs more.</summary>
    Dearer = 2,
}
