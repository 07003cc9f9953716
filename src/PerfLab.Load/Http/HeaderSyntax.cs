using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace PerfLab.Load.Http;

/// <summary>The grammar of header lines (RFC 9110, section 5; RFC 9112, section 5), without leniency.</summary>
internal static class HeaderSyntax
{
    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // Everything below space but the horizontal tab, and DEL.
    private static readonly SearchValues<byte> ControlBytes = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    /// <summary>Gets the length of the field name: the index of the colon that follows it at once, or -1.</summary>
    public static int FindColon(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAnyExcept(TokenBytes);
        return end > 0 && line[end] == (byte)':' ? end : -1;
    }

    /// <summary>Tells whether a text consists of the bytes of a token only.</summary>
    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenBytes);

    public static bool HasControl(ReadOnlySpan<byte> text) => text.ContainsAny(ControlBytes);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) => value.Trim(" \t"u8);

    /// <summary>Reads digits only; false for anything else or more than 18 of them, which no length needs.</summary>
    public static bool TryReadDecimal(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        if (digits.Length is 0 or > 18)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    /// <summary>Tells whether a comma-separated list holds a token, in any case.</summary>
    public static bool ListHolds(ReadOnlySpan<byte> list, ReadOnlySpan<byte> token)
    {
        while (true)
        {
            var comma = list.IndexOf((byte)',');
            var item = Trim(comma < 0 ? list : list[..comma]);
            if (Ascii.EqualsIgnoreCase(item, token))
            {
                return true;
            }

            if (comma < 0)
            {
                return false;
            }

            list = list[(comma + 1)..];
        }
    }
}

/// <summary>The first line of a response (RFC 9112, section 4).</summary>
internal static class StatusLine
{
    private static ReadOnlySpan<byte> Prefix => "HTTP/1."u8;

    /// <summary>Returns whether bytes can continue a status line of which this many bytes have been received.</summary>
    public static bool MayContinue(int earlierCount, ReadOnlySpan<byte> bytes)
    {
        var expected = Prefix[Math.Min(earlierCount, Prefix.Length)..];
        var length = Math.Min(bytes.Length, expected.Length);
        return bytes[..length].SequenceEqual(expected[..length]);
    }

    /// <summary>Tells what bytes are that are no status line: a TLS record (RFC 8446, section 5.1), a frame of HTTP/2 (RFC 9113, section 4.1), or neither.</summary>
    /// <remarks>The first byte is enough, and the only one that is there however the bytes are split.</remarks>
    public static ResponseFault Recognize(ReadOnlySpan<byte> bytes) => bytes switch
    {
        // An alert or a handshake.
        [0x15 or 0x16, ..] => ResponseFault.TlsRecord,

        // The length of a frame in three bytes; a server begins with SETTINGS, which is short.
        [0x00, ..] => ResponseFault.Http2Frame,
        _ => ResponseFault.StatusLine,
    };

    /// <summary>Reads <c>HTTP/1.1 200 OK</c>. The reason and the space before it may be missing, as many servers leave them out.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out int status, out bool isVersion10)
    {
        status = 0;
        isVersion10 = false;
        // "HTTP/1.x 999" is 12 bytes.
        if (line.Length < 12 || !line.StartsWith(Prefix) || line[7] is not ((byte)'0' or (byte)'1') || line[8] != (byte)' '
            || !HeaderSyntax.TryReadDecimal(line.Slice(9, 3), out var code) || code is < 100 or > 599)
        {
            return false;
        }

        var reason = line[12..];
        if (reason.Length > 0 && (reason[0] != (byte)' ' || HeaderSyntax.HasControl(reason)))
        {
            return false;
        }

        status = (int)code;
        isVersion10 = line[7] == (byte)'0';
        return true;
    }
}

/// <summary>The line before a chunk (RFC 9112, section 7.1): a hexadecimal size, then perhaps extensions, which are skipped.</summary>
internal static class ChunkSizeLine
{
    // 15 digits are 60 bits: no overflow, and far above every limit.
    private const int MaxDigits = 15;

    public static bool TryRead(ReadOnlySpan<byte> line, out long size)
    {
        size = 0;
        var digits = 0;
        while (digits < line.Length && char.IsAsciiHexDigit((char)line[digits]))
        {
            digits++;
        }

        // Zeros before the size count for nothing: the length of the line bounds them.
        var significant = line[..digits].TrimStart((byte)'0');
        if (digits == 0 || significant.Length > MaxDigits || (significant.Length > 0 && !Utf8Parser.TryParse(significant, out size, out _, 'X')))
        {
            return false;
        }

        var extension = HeaderSyntax.Trim(line[digits..]);
        return extension.IsEmpty || (extension[0] == (byte)';' && !HeaderSyntax.HasControl(extension));
    }
}
