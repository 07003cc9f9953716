using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PerfLab.EndToEnd.Tests.Loads;

/// <summary>A service on loopback that answers every request with two letters, after a while.</summary>
public sealed class AnsweringServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _delay;
    private readonly Task _accepting;
    private int _answered;

    public AnsweringServer(TimeSpan delay = default)
    {
        _delay = delay;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1024);
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/orders";
        _accepting = Task.Run(AcceptAsync);
    }

    public string Url { get; }

    public int Answered => _answered;

    /// <summary>Gets the text of the request that came last.</summary>
    public string LastRequest { get; private set; } = string.Empty;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.WaitAsync(TimeSpan.FromSeconds(10));
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                socket.NoDelay = true;
                _ = Task.Run(() => ServeAsync(socket));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    // Of head and body.
    private static long LengthOf(ReadOnlySpan<byte> request)
    {
        var head = Encoding.Latin1.GetString(request[..(request.IndexOf("\r\n\r\n"u8) + 4)]);
        var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
        return head.Length + (length is null ? 0 : long.Parse(length.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    // The generator sends one request at a time, whose head arrives whole over loopback.
    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                var buffer = new byte[4096];
                int received;
                while ((received = await socket.ReceiveAsync(buffer, _stop.Token)) > 0)
                {
                    LastRequest = Encoding.UTF8.GetString(buffer, 0, received);
                    for (var missing = LengthOf(buffer.AsSpan(0, received)) - received; missing > 0;)
                    {
                        missing -= await socket.ReceiveAsync(buffer, _stop.Token);
                    }

                    await Task.Delay(_delay, _stop.Token);
                    Interlocked.Increment(ref _answered);
                    await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), _stop.Token);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException)
            {
                // The client hung up, or the test is over.
            }
        }
    }
}
