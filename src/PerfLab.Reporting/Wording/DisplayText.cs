using System.Globalization;
using System.Text;
using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Wording;

/// <summary>Text from files as a page may show it: no control characters, no marks that turn the direction of what follows.</summary>
internal static class DisplayText
{
    private const int LongestNameInSentence = 40;
    private const char Replacement = '\ufffd';

    /// <summary>Replaces control characters, direction overrides and broken surrogates by a visible mark; line breaks become spaces.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t')
            {
                clean.Append(' ');
            }
            else if (Rune.IsControl(rune) || TurnsDirection(rune.Value) || IsNoncharacter(rune.Value))
            {
                clean.Append(Replacement);
            }
            else
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>Cleans a text and takes what print wants out of it, a true minus and a space without a break: one could not search for them.</summary>
    public static string ForTerminal(string text) => Clean(text).Replace('\u2212', '-').Replace('\u2013', '-').Replace('\u00a0', ' ');

    /// <summary>Cleans a name and cuts it with an ellipsis where a sentence could not bear it.</summary>
    public static string Name(string name)
    {
        var runes = Clean(name).EnumerateRunes().ToArray();
        return runes.Length <= LongestNameInSentence ? string.Concat(runes) : string.Concat(runes.Take(LongestNameInSentence - 1)) + "…";
    }

    /// <summary>Formats a count with thousands separators.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Formats a plain number with up to three significant decimals and no trailing zeros.</summary>
    public static string Plain(double value) => value.ToString("#,##0.###", CultureInfo.InvariantCulture);

    /// <summary>Writes a count with its noun: <c>1 launch set</c>, <c>2 launch sets</c>, <c>4,000 spans</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">In the singular; its plural ends in s.</param>
    public static string Counted(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? string.Empty : "s")}";

    /// <summary>Writes a list as a sentence has it: <c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string Listed(string[] parts) => parts.Length < 3 ? string.Join(" and ", parts) : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";

    // Unicode 16, section 23.2: embeddings, overrides and isolates.
    private static bool TurnsDirection(int value) => value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C;

    private static bool IsNoncharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;
}

/// <summary>The word that marks an arm which is not a variant.</summary>
internal static class ArmLabel
{
    /// <summary>Gets <c>baseline</c>, <c>control</c>, or null for a variant.</summary>
    public static string? For(ArmRole role) => role switch
    {
        ArmRole.Baseline => "baseline",
        ArmRole.Control => "control",
        _ => null,
    };
}
