using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace PerfLab.Load.Tests.Servers;

/// <summary>One accepted connection of a <see cref="ScriptedServer"/>.</summary>
public sealed class ServerConnection(Socket socket)
{
    private byte[] _buffer = new byte[4096];
    private int _count;

    public Socket Socket { get; } = socket;

    /// <summary>Reads one request with its body.</summary>
    /// <returns>Its text, or null when the client closed the connection.</returns>
    public async Task<string?> ReadRequest(CancellationToken stop)
    {
        // The end of the request once its head is there: a body of a megabyte comes in many pieces and is decoded once.
        int? total = null;
        while (true)
        {
            total ??= EndOfRequest(_buffer.AsSpan(0, _count));
            if (_count >= total)
            {
                var text = Encoding.Latin1.GetString(_buffer, 0, total.Value);
                _buffer.AsSpan(total.Value, _count - total.Value).CopyTo(_buffer);
                _count -= total.Value;
                return text;
            }

            if (_count == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var received = await Socket.ReceiveAsync(_buffer.AsMemory(_count), stop);
            if (received == 0)
            {
                return null;
            }

            _count += received;
        }
    }

    public Task Send(string text, CancellationToken stop) => Send(Encoding.Latin1.GetBytes(text), stop);

    public async Task Send(byte[] bytes, CancellationToken stop)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await Socket.SendAsync(bytes.AsMemory(sent), stop);
        }
    }

    private static int? EndOfRequest(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        return end < 0 ? null : end + 4 + LengthOf(Encoding.Latin1.GetString(received[..end]));
    }

    private static int LengthOf(string head)
    {
        const string name = "\r\nContent-Length: ";
        var start = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return 0;
        }

        var rest = head[(start + name.Length)..];
        var end = rest.IndexOf('\r', StringComparison.Ordinal);
        return int.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
    }
}
