using System.Net;
using System.Net.Sockets;
using PerfLab.Collector;
using PerfLab.Load.Http;

namespace PerfLab.Runner.Tests;

/// <summary>What the address of <c>--forward</c> is found to speak before a run.</summary>
public sealed class ForwardingCheckTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receiver_of_OTLP_is_forwarded_to_by_HTTP_and_its_gRPC_port_is_told()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["a"], new ReceiverOptions(), Cancellation);

        Assert.Equal(PortProtocol.Unknown, await ForwardingCheck.AskAsync(new Uri(receiver.HttpEndpoint("a"), "v1/traces"), Cancellation));
        Assert.Equal(PortProtocol.Http2, await ForwardingCheck.AskAsync(new Uri(receiver.GrpcEndpoint("a"), "/v1/traces"), Cancellation));
        Assert.Equal(0, receiver.Read("a").SpanCount);
    }

    // What Go's server answers to HTTP on a port with TLS, and the alert with which it answers to a handshake that it does not like
    // (RFC 8446, section 6.2: handshake_failure).
    [Fact]
    public async Task A_port_with_TLS_is_told()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        ending.CancelAfter(TimeSpan.FromSeconds(60));
        var listener = new TcpListener(IPAddress.Loopback, 0);
        try
        {
            listener.Start();
            var serving = ServeAsync(listener, ending.Token);

            Assert.Equal(PortProtocol.Tls, await ForwardingCheck.AskAsync(new Uri($"http://{listener.LocalEndpoint}/v1/traces"), Cancellation));
            Assert.Equal(PortProtocol.Unknown, await ForwardingCheck.AskAsync(new Uri($"https://{listener.LocalEndpoint}/v1/traces"), Cancellation));

            await ending.CancelAsync();
            await serving;
        }
        finally
        {
            listener.Dispose();
        }
    }

    [Fact]
    public async Task A_back_end_that_is_not_there_yet_is_left_alone()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/v1/traces");
        listener.Stop();

        Assert.Equal(PortProtocol.Unknown, await ForwardingCheck.AskAsync(address, Cancellation));
    }

    private static async Task ServeAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        var question = new byte[4096];
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                var stream = client.GetStream();
                _ = await stream.ReadAsync(question, cancellationToken);
                await stream.WriteAsync(question[0] == 0x16 ? [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28] : "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"u8.ToArray(), cancellationToken);
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // The one who asked has heard enough, or the test is over.
            }
        }
    }
}
