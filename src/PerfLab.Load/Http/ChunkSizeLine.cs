using System.Buffers.Text;

namespace PerfLab.Load.Http;

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

        if (digits is 0 or > MaxDigits || !Utf8Parser.TryParse(line[..digits], out size, out _, 'X'))
        {
            return false;
        }

        var extension = HeaderSyntax.Trim(line[digits..]);
        return extension.IsEmpty || (extension[0] == (byte)';' && !HeaderSyntax.HasControl(extension));
    }
}
