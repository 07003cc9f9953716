using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PerfLab.Load.Http;

namespace PerfLab.Load.Tests.Http;

/// <summary>Real sockets: what a port speaks that does not answer in HTTP/1.1.</summary>
public sealed class PortProtocolTests : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private Task _serving = Task.CompletedTask;

    [Fact]
    public async Task A_port_with_TLS_is_recognized_whatever_its_certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new CertificateRequest("CN=nobody", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        using var certificate = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);

        Assert.Equal(PortProtocol.Tls, await AskAsync(async stream =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _end.Token);
        }));
    }

    [Fact]
    public async Task A_port_with_HTTP_2_alone_is_recognized() => Assert.Equal(PortProtocol.Http2, await AskAsync(async stream =>
    {
        var first = new byte[3];
        await stream.ReadExactlyAsync(first, _end.Token);
        if (first.AsSpan().SequenceEqual("PRI"u8))
        {
            await stream.WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, _end.Token);
        }
    }));

    [Fact]
    public async Task A_port_with_HTTP_1_is_nothing_else() => Assert.Equal(PortProtocol.Unknown, await AskAsync(async stream =>
    {
        await stream.ReadExactlyAsync(new byte[1], _end.Token);
        await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _end.Token);
    }));

    [Fact]
    public async Task A_port_that_says_nothing_or_is_closed_is_not_waited_for()
    {
        Assert.Equal(PortProtocol.Unknown, await AskAsync(_ => Task.CompletedTask));
        var address = new Uri($"http://{_listener.LocalEndpoint}");
        await _end.CancelAsync();
        _listener.Stop();
        Assert.Equal(PortProtocol.Unknown, await PortProtocolCheck.AskAsync(address, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving.WaitAsync(TimeSpan.FromSeconds(10));
        _end.Dispose();
    }

    private Task<PortProtocol> AskAsync(Func<Stream, Task> serve)
    {
        _listener.Start();
        _serving = Task.Run(async () =>
        {
            while (!_end.IsCancellationRequested)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                    await serve(client.GetStream());
                }
                catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or InvalidOperationException or System.Security.Authentication.AuthenticationException)
                {
                    // The one who asked has heard enough, or the test is over.
                }
            }
        });
        return PortProtocolCheck.AskAsync(new Uri($"http://{_listener.LocalEndpoint}"), TestContext.Current.CancellationToken);
    }
}
