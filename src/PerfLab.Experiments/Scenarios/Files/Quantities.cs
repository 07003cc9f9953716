using System.Globalization;
using System.Text.RegularExpressions;

namespace PerfLab.Experiments.Scenarios.Files;

/// <summary>Numbers with their units as scenario files write them. Each has a check that says what is wrong, and a parser.</summary>
internal static partial class Quantities
{
    /// <summary>Says what is wrong with a duration, or null.</summary>
    public static Func<string, string?> DurationFault(TimeSpan least, TimeSpan most) => text =>
        !DurationPattern().IsMatch(text) ? $"'{text}' is not a duration. Write a number with its unit: 100ms, 2s, 11m."
        : Duration(text) < least || Duration(text) > most ? $"{text} is outside {Show(least)} to {Show(most)}."
        : null;

    /// <summary>Parses a duration.</summary>
    public static TimeSpan Duration(string text)
    {
        var match = DurationPattern().Match(text);
        var number = Number(match.Groups["number"].Value);
        return match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
    }

    /// <summary>Says what is wrong with a share in percent, or null.</summary>
    public static Func<string, string?> PercentFault(double least, double most) => text =>
        !PercentPattern().IsMatch(text) ? $"'{text}' is not a share. Write a number with its unit: 3%."
        : Percent(text) < least || Percent(text) > most ? FormattableString.Invariant($"{text} is outside {least * 100}% to {most * 100}%.")
        : null;

    /// <summary>Parses a share in percent into a ratio.</summary>
    public static double Percent(string text) => Number(text[..^1]) / 100;

    /// <summary>Says what is wrong with a rate, or null; <c>auto</c> is a rate too.</summary>
    public static string? RateFault(string text) =>
        string.Equals(text, "auto", StringComparison.Ordinal) ? null
        : !RatePattern().IsMatch(text) ? $"'{text}' is not a rate. Write 1200/s, or auto for a pilot that finds it."
        : Rate(text) is < 1 or > 1_000_000 ? $"{text} is outside 1/s to 1000000/s. Set a rate in it, or use rate: auto for a pilot."
        : null;

    /// <summary>Parses a rate in requests per second; null for <c>auto</c>.</summary>
    public static double? Rate(string text) => string.Equals(text, "auto", StringComparison.Ordinal) ? null : Number(text[..^2]);

    /// <summary>Says what is wrong with a whole number, or null.</summary>
    public static Func<string, string?> WholeFault(long least, long most) => text =>
        !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? $"'{text}' is not a whole number."
        : value < least || value > most ? $"{value} is outside {least} to {most}."
        : null;

    /// <summary>Parses a whole number.</summary>
    public static int Whole(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>Says what is wrong with a weight, or null.</summary>
    public static string? WeightFault(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 1_000_000
            ? null
            : $"'{text}' is not a weight. Write a number above 0, at most 1000000.";

    /// <summary>Parses a plain number.</summary>
    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Show(TimeSpan duration) =>
        duration < TimeSpan.FromSeconds(1) ? FormattableString.Invariant($"{duration.TotalMilliseconds}ms")
        : duration < TimeSpan.FromMinutes(2) ? FormattableString.Invariant($"{duration.TotalSeconds}s")
        : FormattableString.Invariant($"{duration.TotalMinutes}m");

    [GeneratedRegex(@"\A(?<number>[0-9]{1,9}(\.[0-9]{1,9})?)(?<unit>ms|s|m|h)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"\A-?[0-9]{1,9}(\.[0-9]{1,9})?%\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PercentPattern();

    [GeneratedRegex(@"\A-?[0-9]{1,9}(\.[0-9]{1,9})?/s\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RatePattern();
}
