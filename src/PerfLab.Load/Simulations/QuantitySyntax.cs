using System.Globalization;

namespace PerfLab.Load.Simulations;

/// <summary>Numbers with their units as users write them.</summary>
public static class QuantitySyntax
{
    /// <summary>The longest duration, 1,000 hours: timers of .NET end at 49 days, and no load is meant to last longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1000);

    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>Reads requests per second: <c>500</c> or <c>500/s</c>.</summary>
    /// <param name="text">The number.</param>
    /// <param name="minimum">The smallest allowed.</param>
    /// <exception cref="FormatException">It is something else; the message begins with "has the rate".</exception>
    public static double Rate(string text, double minimum = double.Epsilon)
    {
        var number = text.EndsWith("/s", StringComparison.Ordinal) ? text[..^2] : text;
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && double.IsFinite(rate) && rate >= minimum
            ? rate
            : throw new FormatException($"has the rate '{text}', which is not a {(minimum > 0 ? "positive number" : "number from 0")} per second");
    }

    /// <summary>Reads a whole number.</summary>
    /// <param name="text">The number.</param>
    /// <param name="minimum">The smallest allowed.</param>
    /// <exception cref="FormatException">It is something else; the message begins with "has the count".</exception>
    public static int Count(string text, int minimum = 1) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= minimum
            ? count
            : throw new FormatException($"has the count '{text}', which is not a whole number from {minimum}");

    /// <summary>Reads a duration with its unit: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>.</summary>
    /// <param name="text">The duration.</param>
    /// <param name="allowsZero">Whether it may be 0.</param>
    /// <exception cref="FormatException">It is something else, or longer than <see cref="Longest"/>; the message begins with "has the duration".</exception>
    public static TimeSpan Duration(string text, bool allowsZero = false)
    {
        foreach (var (unit, seconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && (number > 0 || allowsZero))
            {
                return number * seconds <= Longest.TotalSeconds
                    ? TimeSpan.FromSeconds(number * seconds)
                    : throw new FormatException($"has the duration '{text}', which is longer than 1000h");
            }
        }

        throw new FormatException($"has the duration '{text}', which is not like 500ms, 30s, 5m or 1h");
    }

    /// <summary>Writes a duration so that it can be read again: in the largest unit that needs no fraction.</summary>
    /// <param name="duration">Not negative.</param>
    public static string Text(TimeSpan duration)
    {
        var milliseconds = duration.TotalMilliseconds;
        foreach (var (unit, seconds) in Units.Reverse())
        {
            var count = milliseconds / (seconds * 1000);
            if (count >= 1 && count == Math.Floor(count))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.####}ms");
    }
}
