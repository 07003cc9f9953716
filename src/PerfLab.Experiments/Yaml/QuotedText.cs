using System.Globalization;
using System.Text;

namespace PerfLab.Experiments.Yaml;

/// <summary>Text of a file as a message may show it: on one line, short, without characters that move a cursor.</summary>
internal static class QuotedText
{
    // Long enough to recognise a value, short enough that a message stays one line of a terminal or two.
    private const int MaximumCharacters = 60;

    /// <summary>The text between quotation marks.</summary>
    public static string Of(string text) => $"\"{Shorten(text)}\"";

    /// <summary>The text without quotation marks.</summary>
    public static string Shorten(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= MaximumCharacters)
            {
                return shown.Append("...").ToString();
            }

            _ = IsVisible(rune)
                ? shown.Append(rune.ToString())
                : shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
        }

        return shown.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
