using System.Globalization;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

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
