using System.Buffers;
using System.Text;

namespace PerfLab.Load.Feeds;

/// <summary>Reads the text of a feed file in its encoding, and never puts a replacement character for bytes that do not fit.</summary>
public static class FeedText
{
    // What code pages give for bytes that they leave unassigned: C1 control characters and private-use characters.
    private static readonly SearchValues<char> s_unassigned = SearchValues.Create([.. Enumerable.Range(0x80, 0x20).Concat(Enumerable.Range(0xE000, 0x1900)).Select(code => (char)code)]);
    private static readonly SearchValues<char> s_private = SearchValues.Create([.. Enumerable.Range(0xE000, 0x1900).Select(code => (char)code)]);

    static FeedText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Finds an encoding by its name in IANA's registry, for example <c>utf-8</c>, <c>windows-1252</c>, <c>iso-8859-1</c>, <c>utf-16</c>.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <exception cref="FormatException">There is none of this name.</exception>
    public static Encoding EncodingOf(string name)
    {
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{name}' is not the name of an encoding (--feed-encoding). Use utf-8, windows-1252, iso-8859-1, utf-16 or another name of IANA's registry.", error);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="declared">Its encoding; null for UTF-8, or what a byte order mark says.</param>
    /// <exception cref="FormatException">Bytes do not fit the encoding, or the file cannot be read; the message names file and line.</exception>
    internal static string Read(string path, Encoding? declared)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"'{path}' cannot be read: {error.Message} (--feed). Name a file that you may read.", error);
        }

        var marked = MarkOf(bytes);
        if (declared is not null && marked is not null && declared.CodePage != marked.CodePage && !(declared.CodePage == Encoding.UTF32.CodePage && bytes is [0xFF, 0xFE, 0, 0, ..]))
        {
            throw new FormatException($"{path}: the file begins with the byte order mark of {marked.WebName} and is said to be {declared.WebName} (--feed-encoding). Leave --feed-encoding out.");
        }

        var encoding = EncodingOf((declared ?? marked ?? Encoding.UTF8).WebName);
        var text = Decode(bytes, encoding, path, declared is not null);
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }

    private static Encoding? MarkOf(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static string Decode(byte[] bytes, Encoding encoding, string path, bool isDeclared)
    {
        try
        {
            var text = encoding.GetString(bytes);
            var unassigned = UnassignedIn(encoding) is { } characters ? text.AsSpan().IndexOfAny(characters) : -1;
            return unassigned < 0 ? text : throw Misfit(path, 1 + text.AsSpan(0, unassigned).Count('\n'), encoding, isDeclared, null);
        }
        catch (DecoderFallbackException error)
        {
            throw Misfit(path, LineOfMisfit(bytes, encoding), encoding, isDeclared, error);
        }
    }

    // Unicode encodings have all of these characters, and GB 18030 is one of them; ISO 8859 assigns the control characters.
    private static SearchValues<char>? UnassignedIn(Encoding encoding) =>
        encoding.WebName.StartsWith("utf-", StringComparison.OrdinalIgnoreCase) || encoding.WebName.Equals("gb18030", StringComparison.OrdinalIgnoreCase) ? null
        : encoding.WebName.StartsWith("iso-8859", StringComparison.OrdinalIgnoreCase) ? s_private
        : s_unassigned;

    // Byte by byte, and only for a file that is refused: a decoder says where it failed within its own buffer.
    private static int LineOfMisfit(byte[] bytes, Encoding encoding)
    {
        var decoder = encoding.GetDecoder();
        Span<char> characters = stackalloc char[8];
        var line = 1;
        try
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                var count = decoder.GetChars(bytes.AsSpan(i, 1), characters, flush: i == bytes.Length - 1);
                line += characters[..count].Count('\n');
            }
        }
        catch (DecoderFallbackException)
        {
            // Here it is.
        }

        return line;
    }

    private static FormatException Misfit(string path, int line, Encoding encoding, bool isDeclared, Exception? inner) => new(
        $"{path}({line}): bytes that are not {encoding.WebName}. " +
        (isDeclared ? "Correct --feed-encoding, or the file." : "Say what the file is written in, for example --feed-encoding windows-1252, or convert it to UTF-8."),
        inner);
}
