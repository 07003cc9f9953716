using System.Buffers;
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
