using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PerfLab.Cli.Display;

/// <summary>Text of others, such as a target's last words, so that it cannot move a cursor, clear a screen or turn the reading direction.</summary>
internal static partial class VisibleText
{
    /// <summary>Writes control characters and those that turn the reading direction as their numbers.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepsStyle">Whether colors and the erasing of a line stay: PerfLab writes them itself on a terminal.</param>
    public static string Of(string text, bool keepsStyle) => Hidden().Replace(text, match =>
        keepsStyle && (match.Length > 1 || match.Value == "\r") ? match.Value : string.Concat(match.Value.Select(Number)));

    private static string Number(char character) => char.IsControl(character) || IsDirection(character)
        ? string.Create(CultureInfo.InvariantCulture, $"\\u{{{(int)character:X}}}")
        : character.ToString();

    private static bool IsDirection(char character) => character is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // A style or an erased line (ECMA-48, 8.3.117 and 8.3.41) as one match; else one character.
    [GeneratedRegex("\u001b\\[[0-9;]*[mK]|[\\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069-[\\t\\n]]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();
}
