namespace PerfLab.Analysis.Samples;

/// <summary>One metric of one arm in one launch set: a number, or the reason why there is none.</summary>
internal readonly record struct Sample
{
    private Sample(double? value, string? missingBecause)
    {
        Value = value;
        MissingBecause = missingBecause;
    }

    internal double? Value { get; }

    internal string? MissingBecause { get; }

    internal static Sample Of(double value) => new(value, null);

    internal static Sample Missing(string because) => new(null, because);
}
