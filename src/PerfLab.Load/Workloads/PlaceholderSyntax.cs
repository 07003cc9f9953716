using System.Text;
using System.Text.RegularExpressions;

namespace PerfLab.Load.Workloads;

/// <summary>What double braces mean in a body.</summary>
public enum PlaceholderRule
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>As in a text that a user wrote for PerfLab: <c>{{field}}</c> is a placeholder, <c>{{{{</c> stands for two braces, and anything else is a fault.</summary>
    Strict = 1,

    /// <summary>As in a file of text: <c>{{field}}</c> is a placeholder, every other brace is itself.</summary>
    WellFormed = 2,

    /// <summary>Nothing: braces are bytes like any other.</summary>
    None = 3,
}

/// <summary>A text that is expected in responses, which are the same for all rows.</summary>
public static class ExpectedText
{
    /// <summary>Reads it: <c>{{{{</c> stands for two braces.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It has a placeholder.</exception>
    public static string Read(string text)
    {
        try
        {
            var pieces = PlaceholderSyntax.Split(text, PlaceholderRule.Strict, _ => true);
            return pieces.All(piece => piece.Placeholder is null)
                ? string.Concat(pieces.Select(piece => piece.Literal))
                : throw new FormatException($"'{text}' holds a placeholder, and responses are compared with one text");
        }
        catch (FormatException fault)
        {
            throw new FormatException($"{fault.Message} (--expect-body). Expect what all responses hold, or write {{{{{{{{ for two braces.", fault);
        }
    }
}

/// <summary>A piece of a text with placeholders.</summary>
/// <param name="Literal">Text that is sent as it is, or null.</param>
/// <param name="Placeholder">What stands between double braces, or null.</param>
internal readonly record struct TextPiece(string? Literal, string? Placeholder);

/// <summary>Finds placeholders <c>{{field}}</c> in texts.</summary>
internal static partial class PlaceholderSyntax
{
    private const string Open = "{{";
    private const string Close = "}}";

    /// <summary>Cuts a text into literals and placeholders.</summary>
    /// <param name="text">The text; of bytes, one character for each byte.</param>
    /// <param name="rule">What braces mean.</param>
    /// <param name="isField">Tells whether a placeholder names a field.</param>
    /// <exception cref="FormatException">A placeholder is never closed (<see cref="PlaceholderRule.Strict"/>).</exception>
    public static IReadOnlyList<TextPiece> Split(string text, PlaceholderRule rule, Func<string, bool> isField)
    {
        var pieces = new List<TextPiece>();
        var literal = new StringBuilder();
        var at = 0;
        for (var open = NextOpen(text, at, rule); open >= 0; open = NextOpen(text, at, rule))
        {
            literal.Append(text, at, open - at);
            if (rule == PlaceholderRule.Strict && text.AsSpan(open).StartsWith("{{{{"))
            {
                literal.Append(Open);
                at = open + 4;
                continue;
            }

            var close = text.IndexOf(Close, open + Open.Length, StringComparison.Ordinal);
            var name = close < 0 ? null : text[(open + Open.Length)..close].Trim();
            if (name is null && rule == PlaceholderRule.Strict)
            {
                throw new FormatException($"'{Excerpt(text[open..])}' opens a placeholder that is never closed");
            }

            if (name is null || (rule == PlaceholderRule.WellFormed && !isField(name) && !FieldName().IsMatch(name)))
            {
                literal.Append(text[open]);
                at = open + 1;
                continue;
            }

            pieces.Add(new TextPiece(literal.ToString(), null));
            pieces.Add(new TextPiece(null, name));
            literal.Clear();
            at = close + Close.Length;
        }

        pieces.Add(new TextPiece(literal.Append(text, at, text.Length - at).ToString(), null));
        return pieces;
    }

    private static int NextOpen(string text, int from, PlaceholderRule rule) =>
        rule == PlaceholderRule.None ? -1 : text.IndexOf(Open, from, StringComparison.Ordinal);

    private static string Excerpt(string text) => text.Length <= 40 ? text : text[..40] + "...";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.-]*(:[a-z0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FieldName();
}
