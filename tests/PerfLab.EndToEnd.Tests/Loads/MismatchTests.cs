using System.Net;
using System.Net.Sockets;
using System.Text;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Loads;

/// <summary>A service that does not speak what <c>load</c> does is told by what it speaks, however it refuses.</summary>
public sealed class MismatchTests : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private Task _serving = Task.CompletedTask;

    public static TheoryData<string, string> Refusals => new()
    {
        // What Nginx and Kestrel say to a request in HTTP/1.1, what others do, and the alert of a server of TLS.
        { "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "sockets" },
        { "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "httpclient" },
        { "", "sockets" },
        { "", "httpclient" },
        { "\u0015\u0003\u0003\u0000\u0002\u0002\u0028", "sockets" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_service_behind_TLS_is_told_to_be_addressed_by_https(string refusal, string driver)
    {
        var url = Serve(first => first[0] == 0x16 ? [0x15, 3, 3, 0, 2, 2, 40] : Encoding.Latin1.GetBytes(refusal));

        var run = await Cli.RunAsync("load", url, "--rate", "10", "--duration", "1s", "--driver", driver);

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.Contains("the service answers with TLS: write https://", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData("")]
    public async Task A_service_with_HTTP_2_alone_is_told_to_need_the_option(string refusal)
    {
        var url = Serve(first => first.AsSpan().StartsWith("PRI"u8) ? [0, 0, 0, 4, 0, 0, 0, 0, 0] : Encoding.Latin1.GetBytes(refusal));

        var run = await Cli.RunAsync("load", url, "--rate", "10", "--duration", "1s");

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.Contains("the service answers in HTTP/2: use --http 2", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://localhost:7001/orders", "got 307 to https://localhost:7001/orders: redirects are not followed, address the target itself with https://")]
    [InlineData("/v2/orders", "got 307 to /v2/orders: redirects are not followed, address the target itself")]
    public async Task A_redirect_is_told_with_its_status_and_target(string location, string told)
    {
        var url = Serve(_ => Encoding.ASCII.GetBytes($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"));

        var run = await Cli.RunAsync("load", url, "--rate", "10", "--duration", "1s");

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.Contains(told, run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving.WaitAsync(TimeSpan.FromSeconds(10));
        _end.Dispose();
    }

    // Reads what comes first, answers, and hangs up.
    private string Serve(Func<byte[], byte[]> answer)
    {
        _listener.Start();
        _serving = Task.Run(async () =>
        {
            var buffer = new byte[4096];
            while (!_end.IsCancellationRequested)
            {
                try
                {
                    using var socket = await _listener.AcceptSocketAsync(_end.Token);
                    var received = await socket.ReceiveAsync(buffer, _end.Token);
                    if (received > 0)
                    {
                        await socket.SendAsync(answer(buffer[..received]), _end.Token);
                        socket.Shutdown(SocketShutdown.Both);
                    }
                }
                catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
                {
                    // The generator hung up, or the test is over.
                }
            }
        });
        return $"http://{_listener.LocalEndpoint}/orders";
    }
}
