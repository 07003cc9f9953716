using System.Text;

namespace PerfLab.Load.Http;

/// <summary>What the headers say about where the message ends and whether the connection lives on (RFC 9112, sections 6 and 9).</summary>
internal sealed class MessageFraming
{
    private bool _isVersion10;
    private bool _saysClose;
    private bool _saysKeepAlive;

    public long? ContentLength { get; private set; }

    public bool IsChunked { get; private set; }

    public bool KeepAlive => !_saysClose && (!_isVersion10 || _saysKeepAlive);

    /// <summary>Checks the syntax of one header line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="nameLength">Length of the field name.</param>
    public static ResponseFault CheckHeader(ReadOnlySpan<byte> line, out int nameLength)
    {
        nameLength = HeaderSyntax.FindColon(line);
        return nameLength < 0 ? (line[0] is (byte)' ' or (byte)'\t' ? ResponseFault.FoldedHeader : ResponseFault.HeaderName)
            : HeaderSyntax.HasControl(line[nameLength..]) ? ResponseFault.HeaderValue
            : ResponseFault.None;
    }

    public void Reset(bool isVersion10)
    {
        _isVersion10 = isVersion10;
        _saysClose = false;
        _saysKeepAlive = false;
        ContentLength = null;
        IsChunked = false;
    }

    /// <summary>Takes one header line.</summary>
    public ResponseFault TakeHeader(ReadOnlySpan<byte> line)
    {
        var fault = CheckHeader(line, out var nameLength);
        if (fault != ResponseFault.None)
        {
            return fault;
        }

        var name = line[..nameLength];
        // The length tells most fields apart before any letter is compared.
        return nameLength switch
        {
            14 when Ascii.EqualsIgnoreCase(name, "content-length"u8) => TakeLength(HeaderSyntax.Trim(line[(nameLength + 1)..])),
            17 when Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8) => TakeEncoding(HeaderSyntax.Trim(line[(nameLength + 1)..])),
            10 when Ascii.EqualsIgnoreCase(name, "connection"u8) => TakeConnection(line[(nameLength + 1)..]),
            _ => ResponseFault.None,
        };
    }

    private ResponseFault TakeLength(ReadOnlySpan<byte> value)
    {
        if (!HeaderSyntax.TryReadDecimal(value, out var length))
        {
            return ResponseFault.ContentLength;
        }

        // Both kinds of length in one message is how responses are smuggled; RFC 9112, section 6.3, item 3.
        if (IsChunked || (ContentLength is { } earlier && earlier != length))
        {
            return ResponseFault.ConflictingLengths;
        }

        ContentLength = length;
        return ResponseFault.None;
    }

    private ResponseFault TakeEncoding(ReadOnlySpan<byte> value)
    {
        if (_isVersion10 || IsChunked || !Ascii.EqualsIgnoreCase(value, "chunked"u8))
        {
            return ResponseFault.TransferEncoding;
        }

        IsChunked = true;
        return ContentLength is null ? ResponseFault.None : ResponseFault.ConflictingLengths;
    }

    private ResponseFault TakeConnection(ReadOnlySpan<byte> value)
    {
        _saysClose |= HeaderSyntax.ListHolds(value, "close"u8);
        _saysKeepAlive |= HeaderSyntax.ListHolds(value, "keep-alive"u8);
        return ResponseFault.None;
    }
}
