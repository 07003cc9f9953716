using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PerfLab.Collector.Tests;

/// <summary>A back end over the bare socket that gives every request the same answer and closes.</summary>
internal sealed class ScriptedBackEnd : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _answer;
    private readonly Task _serving;

    public ScriptedBackEnd(string status, string? contentType, byte[] body)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\n{(contentType is null ? "" : $"Content-Type: {contentType}\r\n")}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        _answer = [.. Encoding.ASCII.GetBytes(head), .. body];
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public int RequestCount => Requests.Count;

    /// <summary>The requests, head and body, in their order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.WaitAsync(Limits.Wait);
        _listener.Dispose();
        _stop.Dispose();
    }

    // One request after another: the forwarder sends one at a time.
    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = client.GetStream();
                Requests.Enqueue(await ReadRequestAsync(stream));
                await stream.WriteAsync(_answer, _stop.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var received = new List<byte>();
        var buffer = new byte[65536];
        while (true)
        {
            var text = Encoding.Latin1.GetString([.. received]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && received.Count >= end + 4 + LengthIn(text[..end]))
            {
                return Encoding.UTF8.GetString([.. received]);
            }

            received.AddRange(buffer.AsSpan(0, await stream.ReadAsync(buffer, _stop.Token)));
        }
    }

    private static int LengthIn(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture))
        .FirstOrDefault();
}
