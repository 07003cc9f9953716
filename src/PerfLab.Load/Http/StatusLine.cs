namespace PerfLab.Load.Http;

/// <summary>The first line of a response (RFC 9112, section 4).</summary>
internal static class StatusLine
{
    private static ReadOnlySpan<byte> Prefix => "HTTP/1."u8;

    /// <summary>Tells whether bytes may go on as a status line of which so many bytes have come.</summary>
    public static bool MayContinue(int earlierCount, ReadOnlySpan<byte> bytes)
    {
        var expected = Prefix[Math.Min(earlierCount, Prefix.Length)..];
        var length = Math.Min(bytes.Length, expected.Length);
        return bytes[..length].SequenceEqual(expected[..length]);
    }

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
