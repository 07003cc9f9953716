using System.Text;
using System.Text.RegularExpressions;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Splits a command into words as a POSIX shell would, as far as no shell is needed for it.</summary>
public static partial class ShellWords
{
    /// <summary>Writes a word so that a shell reads it as it is.</summary>
    /// <param name="word">The word.</param>
    public static string Quote(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || character is '/' or '.' or '_' or '-' or ':' or ',' or '@' or '+')
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    private const string ShellOnly = "|&;<>`";

    /// <summary>Splits.</summary>
    /// <param name="text">For example <c>node app.js "my file"</c>; <c>$'…'</c> of bash is read too.</param>
    /// <param name="valueOf">Gets the value of a variable, null where it is not set; without it <c>$NAME</c> stands for itself.</param>
    /// <exception cref="FormatException">A quotation mark is not closed, a variable is not set, or it takes a shell.</exception>
    public static IReadOnlyList<string> Split(string text, Func<string, string?>? valueOf = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        StringBuilder? word = null;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (letter == '\\' && index + 1 < text.Length && text[index + 1] == '\n')
            {
                index++;
                continue;
            }

            if (char.IsWhiteSpace(letter))
            {
                if (word is not null)
                {
                    words.Add(word.ToString());
                    word = null;
                }

                continue;
            }

            word ??= new StringBuilder();
            index = (letter, index + 1 < text.Length ? text[index + 1] : '\0') switch
            {
                ('\'', _) => Single(text, index, word),
                ('"', _) => Double(text, index, word, valueOf),
                ('$', '\'') => AnsiCQuote.Read(text, index + 1, word),
                ('$', _) when valueOf is not null => Variable(text, index, word, valueOf),
                ('\\', not '\0') => Append(word, text[index + 1], index + 1),
                _ when ShellOnly.Contains(letter, StringComparison.Ordinal) => throw TakesShell(letter.ToString()),
                _ => Append(word, letter, index),
            };
        }

        return word is null ? words : [.. words, word.ToString()];
    }

    private static int Single(string text, int start, StringBuilder word)
    {
        var end = text.IndexOf('\'', start + 1);
        word.Append(text, start + 1, (end < 0 ? throw NotClosed('\'', text) : end) - start - 1);
        return end;
    }

    private static int Double(string text, int start, StringBuilder word, Func<string, string?>? valueOf)
    {
        for (var index = start + 1; index < text.Length; index++)
        {
            if (text[index] == '"')
            {
                return index;
            }

            var escaped = text[index] == '\\' && index + 1 < text.Length ? text[index + 1] : '\0';
            if (escaped == '\n')
            {
                index++;
                continue;
            }

            if (text[index] == '$' && valueOf is not null)
            {
                index = Variable(text, index, word, valueOf);
                continue;
            }

            if (text[index] == '`' && valueOf is not null)
            {
                throw TakesShell("`");
            }

            word.Append(text[escaped is '"' or '\\' or '$' or '`' ? ++index : index]);
        }

        throw NotClosed('"', text);
    }

    // A value is not split into words, whether it stands in quotation marks or not.
    private static int Variable(string text, int start, StringBuilder word, Func<string, string?> valueOf)
    {
        if (Reference().Match(text, start) is { Success: true } match)
        {
            var name = match.Groups["name"].Value;
            word.Append(valueOf(name) ?? throw new FormatException($"the environment variable {name} is not set. Set it in the shell that starts PerfLab, or write its value."));
            return start + match.Length - 1;
        }

        return start + 1 < text.Length && text[start + 1] is '(' or '{' ? throw TakesShell(text[start..(start + 2)]) : Append(word, '$', start);
    }

    private static int Append(StringBuilder word, char letter, int index)
    {
        word.Append(letter);
        return index;
    }

    private static FormatException TakesShell(string what) => new($"'{what}' takes a shell. Start one (bash -c '...'), or quote the character.");

    internal static FormatException NotClosed(char quote, string text) => new($"a {quote} is not closed in: {text}");

    [GeneratedRegex(@"\G\$(?<brace>\{)?(?<name>[A-Za-z_][A-Za-z0-9_]*)(?(brace)\})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
