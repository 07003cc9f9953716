using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PerfLab.Reporting.Inspections;

/// <summary>Texts as YAML, in the form that scenario files have: plain where nothing in them could mean something else.</summary>
internal static partial class YamlText
{
    // YAML 1.1 and 1.2 read them as no text.
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase) { "null", "true", "false", "yes", "no", "on", "off", "y", "n" };

    /// <summary>Writes a text for a flow sequence or map.</summary>
    public static string Of(string text) => PlainPattern().IsMatch(text) && !s_words.Contains(text) ? text : Quoted(text);

    /// <summary>Writes a text in double quotes.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' or '\\' => quoted.Append('\\').Append(letter),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
                _ => quoted.Append(letter),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Writes a sequence on one line.</summary>
    public static string Sequence(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Of))}]";

    /// <summary>Writes a map of texts on one line; names are plain already.</summary>
    public static string Map(IEnumerable<KeyValuePair<string, string>> entries) => $"{{ {string.Join(", ", entries.Select(entry => $"{entry.Key}: {Quoted(entry.Value)}"))} }}";

    // A dash alone and numbers are not among them.
    [GeneratedRegex("^[-/.]*[A-Za-z][A-Za-z0-9_./=-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainPattern();
}
