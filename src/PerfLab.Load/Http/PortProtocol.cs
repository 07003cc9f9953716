using System.Net.Sockets;

namespace PerfLab.Load.Http;

/// <summary>What a port speaks that does not answer in HTTP/1.1 without TLS.</summary>
public enum PortProtocol
{
    /// <summary>Something else, or nothing.</summary>
    Unknown = 0,

    /// <summary>TLS: <c>https</c>.</summary>
    Tls = 1,

    /// <summary>HTTP/2 without TLS.</summary>
    Http2 = 2,
}

/// <summary>Asks a port in TLS and in HTTP/2. Only for a port whose answers in HTTP/1.1 are none: services note what they do not understand.</summary>
public static class PortProtocolCheck
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    // The preface of a client and an empty SETTINGS frame (RFC 9113, section 3.4).
    private static readonly byte[] s_preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];

    // A ClientHello of TLS 1.2 (RFC 5246, section 7.4.1.2): whoever speaks TLS answers it with a handshake, or with an alert.
    private static readonly byte[] s_clientHello =
    [
        0x16, 0x03, 0x01, 0x00, 0x51, // a record of 81 bytes
        0x01, 0x00, 0x00, 0x4D, 0x03, 0x03, // a handshake of 77 bytes, TLS 1.2
        .. "perflab asks which protocol this"u8, // 32 bytes in place of random ones: no session follows
        0x00, // no session
        0x00, 0x08, 0xC0, 0x2F, 0xC0, 0x2B, 0x00, 0x9C, 0x00, 0x2F, // cipher suites: ECDHE and RSA with AES-128
        0x01, 0x00, // no compression
        0x00, 0x1C, // 28 bytes of extensions:
        0x00, 0x0A, 0x00, 0x06, 0x00, 0x04, 0x00, 0x1D, 0x00, 0x17, // X25519, secp256r1
        0x00, 0x0B, 0x00, 0x02, 0x01, 0x00, // uncompressed points
        0x00, 0x0D, 0x00, 0x08, 0x00, 0x06, 0x04, 0x03, 0x08, 0x04, 0x04, 0x01, // signatures with SHA-256
    ];

    /// <summary>Asks.</summary>
    /// <param name="address">Host and port.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PortProtocol> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        return await FaultOfAnswerAsync(address, s_clientHello, cancellationToken) == ResponseFault.TlsRecord ? PortProtocol.Tls
            : await FaultOfAnswerAsync(address, s_preface, cancellationToken) == ResponseFault.Http2Frame ? PortProtocol.Http2
            : PortProtocol.Unknown;
    }

    // What a reader of HTTP/1.1 would say of the first byte; None where there is none.
    private static async Task<ResponseFault> FaultOfAnswerAsync(Uri address, byte[] question, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.DnsSafeHost, address.Port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(question, limit.Token);
            var answer = new byte[1];
            return await stream.ReadAsync(answer, limit.Token) == 0 ? ResponseFault.None : StatusLine.Recognize(answer);
        }
        catch (Exception error) when (error is IOException or SocketException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return ResponseFault.None;
        }
    }
}
