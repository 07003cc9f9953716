using System.Text;

namespace PerfLab.Load.Http;

/// <summary>What the headers say about where the message ends and whether the connection lives on (RFC 9112, sections 6 and 9).</summary>
internal sealed class MessageFraming
{
    // Longer targets of redirects are cut: they are for a message to a reader.
    private const int KeptLocationBytes = 200;

    private readonly byte[] _location = new byte[KeptLocationBytes];
    private int _locationLength;
    private bool _isVersion10;
    private bool _saysClose;
    private bool _saysKeepAlive;

    private static ReadOnlySpan<byte> TimeoutParameter => "timeout="u8;

    public long? ContentLength { get; private set; }

    public bool IsChunked { get; private set; }

    /// <summary>Gets how long the server says that it keeps an idle connection, in seconds; null where it does not say.</summary>
    public long? IdleTimeoutSeconds { get; private set; }

    /// <summary>Gets the beginning of the Location field, without its query, which may hold secrets; empty where there is none.</summary>
    public ReadOnlySpan<byte> Location => _location.AsSpan(0, _locationLength);

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
        IdleTimeoutSeconds = null;
        _locationLength = 0;
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
            10 when Ascii.EqualsIgnoreCase(name, "keep-alive"u8) => TakeKeepAlive(line[(nameLength + 1)..]),
            8 when Ascii.EqualsIgnoreCase(name, "location"u8) => TakeLocation(HeaderSyntax.Trim(line[(nameLength + 1)..])),
            _ => ResponseFault.None,
        };
    }

    private ResponseFault TakeLocation(ReadOnlySpan<byte> value)
    {
        var query = value.IndexOfAny((byte)'?', (byte)'#');
        value = query < 0 ? value : value[..query];
        _locationLength = Math.Min(value.Length, KeptLocationBytes);
        value[.._locationLength].CopyTo(_location);
        return ResponseFault.None;
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

    // "timeout=5, max=100": RFC 2068, section 19.7.1.1. A hint without effect on framing, so what cannot be read is passed over.
    private ResponseFault TakeKeepAlive(ReadOnlySpan<byte> value)
    {
        foreach (var range in value.Split((byte)','))
        {
            var parameter = HeaderSyntax.Trim(value[range]);
            if (parameter.Length > TimeoutParameter.Length
                && Ascii.EqualsIgnoreCase(parameter[..TimeoutParameter.Length], TimeoutParameter)
                && HeaderSyntax.TryReadDecimal(parameter[TimeoutParameter.Length..], out var seconds))
            {
                IdleTimeoutSeconds = seconds;
            }
        }

        return ResponseFault.None;
    }
}
