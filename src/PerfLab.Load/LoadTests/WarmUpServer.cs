using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PerfLab.Load.LoadTests;

/// <summary>A listener on loopback that answers every request, as the target does it: with or without TLS, in HTTP/1.1 or HTTP/2.</summary>
internal sealed class WarmUpServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly X509Certificate2? _certificate;
    private readonly bool _isHttp2;
    private readonly Thread _thread;

    /// <param name="isSecure">Whether it speaks TLS.</param>
    /// <param name="isHttp2">Whether it speaks HTTP/2.</param>
    public WarmUpServer(bool isSecure, bool isHttp2)
    {
        _isHttp2 = isHttp2;
        _certificate = isSecure ? CreateCertificate() : null;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new Uri($"{(isSecure ? "https" : "http")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");
        _thread = new Thread(Serve) { IsBackground = true, Name = "perflab warm-up" };
        _thread.Start();
    }

    public Uri Address { get; }

    private static ReadOnlySpan<byte> Response => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8;

    public void Dispose()
    {
        _listener.Close();
        _thread.Join(TimeSpan.FromSeconds(5));
        _certificate?.Dispose();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    // One connection after another: the driver never has more than one request in flight.
    private void Serve()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = _listener.Accept();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // The warm-up is over.
                return;
            }

            using (socket)
            {
                try
                {
                    socket.NoDelay = true;
                    Answer(socket);
                }
                catch (Exception error) when (error is IOException or AuthenticationException or SocketException)
                {
                    // The driver has closed this connection; the next one follows.
                }
            }
        }
    }

    private void Answer(Socket socket)
    {
        using var stream = Open(new NetworkStream(socket));
        if (_isHttp2)
        {
            Http2Answers.Serve(stream);
            return;
        }

        var buffer = new byte[4096];
        while (stream.Read(buffer) > 0)
        {
            stream.Write(Response);
        }
    }

    private Stream Open(NetworkStream connection)
    {
        if (_certificate is null)
        {
            return connection;
        }

        var secure = new SslStream(connection);
        secure.AuthenticateAsServer(new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ApplicationProtocols = [_isHttp2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11],
        });
        return secure;
    }
}

/// <summary>The least that a server of HTTP/2 must do to answer requests without a body (RFC 9113).</summary>
internal static class Http2Answers
{
    private const int PrefaceBytes = 24;
    private const int FrameHeaderBytes = 9;
    private const byte HeadersType = 1;
    private const byte SettingsType = 4;
    private const byte PingType = 6;
    private const byte Acknowledged = 1;

    // END_STREAM and END_HEADERS (section 6.2); ":status: 200" is entry 8 of HPACK's static table (RFC 7541, appendix A).
    private const byte WholeResponse = 0x5;
    private const byte Status200 = 0x88;

    /// <summary>Answers requests until the client closes the connection.</summary>
    /// <exception cref="IOException">The client has closed it.</exception>
    public static void Serve(Stream stream)
    {
        stream.ReadExactly(new byte[PrefaceBytes]);
        WriteFrame(stream, SettingsType, 0, new byte[4], []);
        var header = new byte[FrameHeaderBytes];
        while (true)
        {
            stream.ReadExactly(header);
            var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
            stream.ReadExactly(payload);
            var (type, flags) = (header[3], header[4]);
            var id = header.AsSpan(5, 4);
            if (type == HeadersType)
            {
                WriteFrame(stream, HeadersType, WholeResponse, id, [Status200]);
            }
            else if (type is SettingsType or PingType && (flags & Acknowledged) == 0)
            {
                WriteFrame(stream, type, Acknowledged, id, type == PingType ? payload : []);
            }
        }
    }

    private static void WriteFrame(Stream stream, byte type, byte flags, ReadOnlySpan<byte> id, ReadOnlySpan<byte> payload) =>
        stream.Write([0, 0, (byte)payload.Length, type, flags, .. id, .. payload]);
}
