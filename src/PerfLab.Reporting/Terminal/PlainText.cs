using System.Text;

namespace PerfLab.Reporting.Terminal;

/// <summary>Text for a terminal that cannot show more than ASCII.</summary>
public static class PlainText
{
    private const string Unknown = "?";

    private static readonly Dictionary<int, string> s_replacements = new()
    {
        ['±'] = "+-",
        ['µ'] = "u",
        ['\u00a0'] = " ",
        ['\u2212'] = "-",
        ['\u2013'] = "-",
        ['\u2026'] = "...",
        ['·'] = "-",
        ['×'] = "x",
        ['✓'] = "+",
        ['✕'] = "x",
        ['≈'] = "=",
        ['▲'] = "^",
        ['▼'] = "v",
        ['△'] = "^",
        ['▽'] = "v",
        ['◇'] = "o",
    };

    /// <summary>Replaces what PerfLab itself writes by what it resembles, lines of tables by dashes and bars, and all else by a question mark.</summary>
    public static string Of(string text)
    {
        if (text.All(char.IsAscii))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.IsAscii ? plain.Append((char)rune.Value) : plain.Append(Of(rune.Value));
        }

        return plain.ToString();
    }

    // Unicode's box drawing: U+2500 and U+2501 are horizontal, U+2502 and U+2503 vertical lines.
    private static string Of(int letter) => s_replacements.GetValueOrDefault(letter) ?? letter switch
    {
        0x2500 or 0x2501 => "-",
        0x2502 or 0x2503 => "|",
        >= 0x2504 and <= 0x257F => "+",
        _ => Unknown,
    };
}
