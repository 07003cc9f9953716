using System.Globalization;

namespace PerfLab.Analysis.Formatting;

/// <summary>A count with its noun.</summary>
public static class CountText
{
    /// <summary>Says <c>1 launch set</c>, <c>2 launch sets</c>, <c>4,000 spans</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">In the singular; its plural ends in s.</param>
    public static string Of(long count, string noun) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {noun}{(count == 1 ? string.Empty : "s")}";
}
