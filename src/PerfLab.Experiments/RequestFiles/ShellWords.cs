using System.Globalization;
using System.Text;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Splits a command into words as a POSIX shell would, as far as no shell is needed for it.</summary>
public static class ShellWords
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
    /// <exception cref="FormatException">A quotation mark is not closed, or it takes a shell.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        StringBuilder? word = null;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
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
                ('"', _) => Double(text, index, word),
                ('$', '\'') => AnsiC(text, index + 1, word),
                ('\\', not '\0') => Append(word, text[index + 1], index + 1),
                _ when ShellOnly.Contains(letter, StringComparison.Ordinal) => throw new FormatException($"'{letter}' takes a shell. Start one (bash -c '...'), or quote the character."),
                _ => Append(word, letter, index),
            };
        }

        return word is null ? words : [.. words, word.ToString()];
    }

    private static int Single(string text, int start, StringBuilder word)
    {
        var end = text.IndexOf('\'', start + 1);
        word.Append(text, start + 1, (end < 0 ? throw Open('\'', text) : end) - start - 1);
        return end;
    }

    private static int Double(string text, int start, StringBuilder word)
    {
        for (var index = start + 1; index < text.Length; index++)
        {
            if (text[index] == '"')
            {
                return index;
            }

            var isEscape = text[index] == '\\' && index + 1 < text.Length && text[index + 1] is '"' or '\\' or '$' or '`';
            word.Append(text[isEscape ? ++index : index]);
        }

        throw Open('"', text);
    }

    // Browsers copy requests with it where a body has quotation marks or letters outside ASCII (bash(1), QUOTING).
    private static int AnsiC(string text, int start, StringBuilder word)
    {
        for (var index = start + 1; index < text.Length; index++)
        {
            if (text[index] == '\'')
            {
                return index;
            }

            if (text[index] != '\\' || index + 1 == text.Length)
            {
                word.Append(text[index]);
                continue;
            }

            index++;
            var digits = text[index] is 'u' ? 4 : text[index] is 'x' ? 2 : 0;
            if (digits > 0 && index + digits < text.Length && int.TryParse(text.AsSpan(index + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                word.Append((char)code);
                index += digits;
                continue;
            }

            word.Append(text[index] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
        }

        throw Open('\'', text);
    }

    private static int Append(StringBuilder word, char letter, int index)
    {
        word.Append(letter);
        return index;
    }

    private static FormatException Open(char quote, string text) => new($"a {quote} is not closed in: {text}");
}
