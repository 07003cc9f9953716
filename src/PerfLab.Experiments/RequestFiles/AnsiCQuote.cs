using System.Globalization;
using System.Text;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>
/// Reads <c>$'…'</c> of bash (bash(1), QUOTING), with which browsers copy requests whose body has quotation marks or letters outside
/// ASCII: Chrome writes UTF-16 units as <c>\u00e9</c>, Firefox bytes of UTF-8 as <c>\xc3\xa9</c> and <c>\041</c>.
/// </summary>
internal static class AnsiCQuote
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads it to its end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the opening quotation mark is.</param>
    /// <param name="word">Receives what it stands for.</param>
    /// <returns>Where the closing quotation mark is.</returns>
    /// <exception cref="FormatException">It is not closed, or stands for no text.</exception>
    public static int Read(string text, int start, StringBuilder word)
    {
        var bytes = new List<byte>();
        for (var index = start + 1; index < text.Length; index++)
        {
            if (text[index] == '\'')
            {
                Flush(bytes, word);
                return index;
            }

            if (text[index] != '\\' || index + 1 == text.Length)
            {
                Flush(bytes, word);
                word.Append(text[index]);
                continue;
            }

            index = Escape(text, index + 1, bytes, word);
        }

        throw ShellWords.NotClosed('\'', text);
    }

    private static int Escape(string text, int index, List<byte> bytes, StringBuilder word)
    {
        var (first, most, radix) = text[index] switch
        {
            >= '0' and <= '7' => (index, 3, 8),
            'x' => (index + 1, 2, 16),
            'u' => (index + 1, 4, 16),
            'U' => (index + 1, 8, 16),
            _ => (index, 0, 16),
        };
        var end = first;
        for (; end < text.Length && end - first < most && (radix == 8 ? text[end] is >= '0' and <= '7' : char.IsAsciiHexDigit(text[end])); end++)
        {
        }

        if (end == first)
        {
            Flush(bytes, word);
            word.Append(Letter(text[index]));
            return index;
        }

        var code = radix == 8 ? (uint)Convert.ToInt32(text[first..end], 8) : uint.Parse(text.AsSpan(first, end - first), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (text[index] is not ('u' or 'U'))
        {
            bytes.Add((byte)code);
            return end - 1;
        }

        Flush(bytes, word);
        _ = code > 0x10FFFF
            ? throw new FormatException($"\\{text[index..end]} is no character.")
            : code <= char.MaxValue ? word.Append((char)code) : word.Append(char.ConvertFromUtf32((int)code));
        return end - 1;
    }

    private static string Letter(char letter) => letter switch
    {
        'a' => "\a",
        'b' => "\b",
        'e' or 'E' => "\e",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        '\\' or '\'' or '"' or '?' => letter.ToString(),
        _ => $"\\{letter}",
    };

    private static void Flush(List<byte> bytes, StringBuilder word)
    {
        try
        {
            word.Append(s_strict.GetString([.. bytes]));
            bytes.Clear();
        }
        catch (DecoderFallbackException error)
        {
            throw new FormatException("the bytes in $'...' are no text in UTF-8, and a scenario file holds text only.", error);
        }
    }
}
