using System.Text;
using System.Text.RegularExpressions;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Finds the commands of curl in a text, which may have lines in quotation marks, continued lines and comments.</summary>
internal static partial class CurlCommands
{
    /// <summary>Finds them; each is without its comments.</summary>
    /// <param name="text">Lines that end with a line feed.</param>
    public static IEnumerable<string> In(string text)
    {
        StringBuilder? command = null;
        var isLineStart = true;
        for (var index = 0; index < text.Length;)
        {
            if (isLineStart && Beginning().Match(text, index) is { Success: true } beginning)
            {
                if (command is not null)
                {
                    yield return WithoutEnd(command);
                }

                command = new StringBuilder("curl");
                index += beginning.Length;
                isLineStart = false;
                continue;
            }

            var isComment = text[index] == '#' && (index == 0 || char.IsWhiteSpace(text[index - 1]));
            var end = isComment ? EndOfLine(text, index) : command is null ? index + 1 : EndOfPassage(text, index);
            isLineStart = text[index] == '\n';
            _ = isComment ? command : command?.Append(text, index, end - index);
            index = end;
        }

        if (command is not null)
        {
            yield return WithoutEnd(command);
        }
    }

    private static string WithoutEnd(StringBuilder command) => command.ToString().TrimEnd(';', ' ', '\n', '\t');

    private static int EndOfLine(string text, int index) => text.IndexOf('\n', index) is >= 0 and var end ? end : text.Length;

    // A character, or what belongs together by a backslash or quotation marks.
    private static int EndOfPassage(string text, int index) => text[index] switch
    {
        '\\' => Math.Min(index + 2, text.Length),
        '"' => EndOfQuote(text, index, '"', hasEscapes: true),
        '\'' => EndOfQuote(text, index, '\'', hasEscapes: index > 0 && text[index - 1] == '$'),
        _ => index + 1,
    };

    private static int EndOfQuote(string text, int start, char quote, bool hasEscapes)
    {
        for (var index = start + 1; index < text.Length; index++)
        {
            if (text[index] == quote)
            {
                return index + 1;
            }

            index += hasEscapes && text[index] == '\\' ? 1 : 0;
        }

        return text.Length;
    }

    [GeneratedRegex(@"\G[ \t]*(\$[ \t]+)?curl(?=\s)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Beginning();
}
