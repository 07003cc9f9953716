using System.Text;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting;

/// <summary>Text from files as GitHub's Markdown shows it: as text, never as markup.</summary>
internal static class MarkdownText
{
    /// <summary>Escapes everything that Markdown, its tables, its HTML and its mentions would read as more than text.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var clean = DisplayText.Clean(text).Trim();
        for (var index = 0; index < clean.Length; index++)
        {
            var character = clean[index];
            _ = character switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                // A backslash does not stop a mention or mathematics on GitHub.
                '@' => escaped.Append("&#64;"),
                '$' => escaped.Append("&#36;"),
                // A colon before anything but a space makes links of addresses and pictures of :words:.
                ':' when index + 1 < clean.Length && clean[index + 1] != ' ' => escaped.Append("&#58;"),
                '.' when EndsWithWww(clean.AsSpan(0, index)) => escaped.Append("&#46;"),
                _ when NeedsBackslash(character) => escaped.Append('\\').Append(character),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Cuts a page before the paragraph that would exceed a limit of its host, and says so.</summary>
    /// <param name="text">The page.</param>
    /// <param name="mostBytes">The limit in bytes of UTF-8.</param>
    /// <param name="whole">Where the whole stands.</param>
    public static string Cut(string text, int mostBytes, string whole)
    {
        if (Encoding.UTF8.GetByteCount(text) <= mostBytes)
        {
            return text;
        }

        var note = $"*Cut here, because a page of this kind is limited to {DisplayText.Count(mostBytes)} bytes. {whole}*\n";
        var length = text.Length;
        do
        {
            length = text.LastIndexOf("\n\n", length - 1, StringComparison.Ordinal);
        }
        while (length > 0 && Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) + "\n\n".Length + Encoding.UTF8.GetByteCount(note) > mostBytes);

        return string.Concat(text.AsSpan(0, Math.Max(0, length)), "\n\n", note);
    }

    /// <summary>Writes a code span that holds any text, back ticks and pipes too.</summary>
    public static string Code(string text)
    {
        var escaped = new StringBuilder("<code>");
        foreach (var character in DisplayText.Clean(text))
        {
            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '@' => escaped.Append("&#64;"),
                '$' => escaped.Append("&#36;"),
                ':' => escaped.Append("&#58;"),
                _ when NeedsBackslash(character) => escaped.Append("&#").Append((int)character).Append(';'),
                _ => escaped.Append(character),
            };
        }

        return escaped.Append("</code>").ToString();
    }

    private static bool EndsWithWww(ReadOnlySpan<char> text) => text.EndsWith("www", StringComparison.OrdinalIgnoreCase);

    private static bool NeedsBackslash(char character) => character is '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '|' or '~' or '!';
}
