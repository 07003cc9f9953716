using System.Globalization;
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

/// <summary>The outcome of reading a scalar: a value, or a problem with its advice.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="Value">The value; meaningless where there is a problem.</param>
/// <param name="Problem">What is wrong, or null.</param>
/// <param name="Advice">What to do about it, or null.</param>
internal readonly record struct Parsed<T>(T Value, string? Problem, string? Advice)
    where T : struct
{
    public static implicit operator Parsed<T>(T value) => new(value, null, null);

    public static implicit operator Parsed<T>((string Problem, string Advice) fault) => new(default, fault.Problem, fault.Advice);
}

/// <summary>Reads numbers and numbers with a unit, and tells apart what may be wrong with one.</summary>
internal static class NumberText
{
    // Far above every limit, and far enough below decimal.MaxValue to be multiplied by any unit.
    private const decimal Huge = 1_000_000_000_000_000m;

    /// <summary>Splits text into a decimal number and what stands behind it; null where it does not begin with a number.</summary>
    /// <remarks>No exponents, no thousands separators, no leading zeros (010 is eight in YAML 1.1), no plus sign.</remarks>
    public static (decimal Number, string Unit)? Split(string text)
    {
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.' || (end == 0 && text[end] == '-')))
        {
            end++;
        }

        return IsWellFormed(text.AsSpan(0, end).TrimStart('-')) ? (Bounded(text.AsSpan(0, end)), text[end..]) : null;
    }

    /// <summary>Reads a number with one of several units.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is, for a message: <c>a duration</c>.</param>
    /// <param name="units">The units with their sizes.</param>
    /// <param name="examples">Well-formed examples for a message.</param>
    public static Parsed<decimal> WithUnit(string text, string what, IReadOnlyDictionary<string, decimal> units, string examples)
    {
        if (Split(text) is not var (number, unit))
        {
            return ($"{QuotedText.Of(text)} is not {what}.", $"Write {what}, for example {examples}.");
        }

        if (units.TryGetValue(unit, out var size))
        {
            return number * size;
        }

        var known = string.Join(", ", units.Keys);
        return unit.Length == 0
            ? ($"{text} has no unit.", $"Write {what} with its unit ({known}), for example {examples}.")
            : ($"{QuotedText.Of(unit)} is not a unit of {what}.", $"Use {known} without a space, for example {examples}.");
    }

    /// <summary>Reads a number without a unit.</summary>
    public static Parsed<double> Plain(string text) => Split(text) switch
    {
        var (number, unit) when unit.Length == 0 => (double)number,
        _ => ($"{QuotedText.Of(text)} is not a number.", "Write it in digits, for example 1 or 2.5."),
    };

    /// <summary>Reads a whole number.</summary>
    public static Parsed<int> Whole(string text) => Split(text) switch
    {
        var (number, unit) when unit.Length == 0 && number == decimal.Truncate(number) && !text.Contains('.', StringComparison.Ordinal) =>
            (int)Math.Clamp(number, int.MinValue, int.MaxValue),
        _ => ($"{QuotedText.Of(text)} is not a whole number.", "Write it in digits, for example 12."),
    };

    /// <summary>Reads a seed.</summary>
    public static Parsed<ulong> Seed(string text) =>
        Split(text) is (>= 0, "") && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : ($"{QuotedText.Of(text)} is not a seed.", $"Write a whole number from 0 to {ulong.MaxValue}.");

    private static decimal Bounded(ReadOnlySpan<char> digits)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var fits = decimal.TryParse(digits, Style, CultureInfo.InvariantCulture, out var number);
        return fits ? Math.Clamp(number, -Huge, Huge) : digits[0] == '-' ? -Huge : Huge;
    }

    private static bool IsWellFormed(ReadOnlySpan<char> digits) =>
        digits.Length > 0
        && char.IsAsciiDigit(digits[0])
        && char.IsAsciiDigit(digits[^1])
        && (digits[0] != '0' || digits.Length == 1 || digits[1] == '.')
        && digits.Count('.') <= 1;
}
