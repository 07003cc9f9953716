using System.Net.Sockets;

namespace PerfLab.Probe;

/// <summary>
/// Answers snapshots over a Unix socket on one thread of its own, which sleeps in the kernel between requests. A request is
/// one byte: <c>q</c> for the counters, <c>f</c> for everything. An answer is lines of <c>name value</c> and an empty line.
/// </summary>
internal sealed class SnapshotServer
{
    private const int AnswerCapacityBytes = 8192;

    private readonly Socket _listener;
    private readonly SnapshotWriter _writer = new(new byte[AnswerCapacityBytes]);

    private SnapshotServer(Socket listener) => _listener = listener;

    /// <summary>Opens the socket and starts the thread.</summary>
    public static void Start(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        var server = new SnapshotServer(listener);
        new Thread(server.Serve) { IsBackground = true, Name = "perflab probe" }.Start();
    }

    private void Serve()
    {
        while (true)
        {
            try
            {
                using var client = _listener.Accept();
                Answer(client);
            }
            catch (SocketException)
            {
                // The runner went away in the middle of an answer; the next one may connect.
            }
        }
    }

    private void Answer(Socket client)
    {
        Span<byte> request = stackalloc byte[1];
        while (client.Receive(request) == 1)
        {
            var answer = _writer.Write(isFull: request[0] == (byte)'f');
            while (answer.Length > 0)
            {
                answer = answer[client.Send(answer)..];
            }
        }
    }
}
