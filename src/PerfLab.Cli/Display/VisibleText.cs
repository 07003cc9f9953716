using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PerfLab.Cli.Display;

/// <summary>Text of others, such as a target's last words, so that it cannot move a cursor, clear a screen, turn the reading direction or hide what it is.</summary>
internal static partial class VisibleText
{
    /// <summary>Writes control characters, those that turn the reading direction and those that take no room as their numbers.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepsStyle">Whether colors and the erasing of a line stay: PerfLab writes them itself on a terminal.</param>
    public static string Of(string text, bool keepsStyle) => Hidden().Replace(text, match =>
        keepsStyle && (match.Length > 1 || match.Value == "\r") ? match.Value : string.Concat(match.Value.Select(Number)));

    private static string Number(char character) => char.IsControl(character) || IsInvisible(character)
        ? string.Create(CultureInfo.InvariantCulture, $"\\u{{{(int)character:X}}}")
        : character.ToString();

    private static bool IsInvisible(char character) => character is '\u00AD' or '\u061C' or '\u180E' or (>= '\u200B' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\uFEFF';

    // A style or an erased line (ECMA-48, 8.3.117 and 8.3.41) as one match; else one character.
    [GeneratedRegex("\u001b\\[[0-9;]*[mK]|[\\p{Cc}\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF-[\\t\\n]]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();
}
