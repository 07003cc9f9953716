using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>A scalar of a scenario file that has a range, and a unit unless it is a count.</summary>
/// <typeparam name="T">Type in memory.</typeparam>
internal sealed record Quantity<T>
    where T : struct, IComparable<T>
{
    /// <summary>Gets how the text is read.</summary>
    public required Func<string, Parsed<T>> Parse { get; init; }

    /// <summary>Gets the smallest value allowed.</summary>
    public required T Least { get; init; }

    /// <summary>Gets the largest value allowed.</summary>
    public required T Most { get; init; }

    /// <summary>Gets how a limit is shown in a message, with its unit.</summary>
    public required Func<T, string> Show { get; init; }

    /// <summary>Gets what to do about a value out of range.</summary>
    public required string Advice { get; init; }

    /// <summary>Gets a value indicating whether the value is a number of YAML, which quotation marks would make text.</summary>
    public required bool IsNumber { get; init; }

    /// <summary>Reads a scalar.</summary>
    public Parsed<T> Read(YamlText text)
    {
        if (IsNumber && !text.IsPlain)
        {
            return ($"{QuotedText.Of(text.Value)} in quotation marks is text, not a number.", "Remove the quotation marks.");
        }

        var parsed = Parse(text.Value);
        if (parsed.Problem is not null)
        {
            return parsed;
        }

        // The value is shown as written: one far out of range may have been cut to fit its type.
        var written = QuotedText.Shorten(text.Value);
        return parsed.Value switch
        {
            var value when value.CompareTo(Least) < 0 => ($"{written} is below {Show(Least)}.", Advice),
            var value when value.CompareTo(Most) > 0 => ($"{written} is above {Show(Most)}.", Advice),
            _ => parsed,
        };
    }
}
