using System.Net;
using System.Net.Sockets;
using System.Text;
using PerfLab.Load.Tests.Drivers;

namespace PerfLab.Load.Tests.Servers;

/// <summary>A server on loopback that treats every connection by a script, over the bare socket.</summary>
public sealed class ScriptedServer : IDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _accepted = [];
    private readonly Func<ServerConnection, CancellationToken, Task> _script;
    private readonly ManualResetEventSlim _stopped = new();

    /// <param name="script">What happens to a connection.</param>
    /// <param name="place">Where it listens; null for 127.0.0.1 and a port of its own.</param>
    public ScriptedServer(Func<ServerConnection, CancellationToken, Task> script, EndPoint? place = null)
    {
        _script = script;
        place ??= new IPEndPoint(IPAddress.Loopback, 0);
        _listener = new Socket(place.AddressFamily, SocketType.Stream, place is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        _listener.Bind(place);
        _listener.Listen(1024);
        Address = new Uri(_listener.LocalEndPoint is IPEndPoint bound ? $"http://{bound}" : "http://service.local/");
        _ = Task.Run(Accept);
    }

    /// <summary>Answers every request and writes its path down.</summary>
    /// <param name="seen">Takes the paths in the order of their requests.</param>
    public static ScriptedServer OfPaths(ICollection<string> seen) => new(async (connection, stop) =>
    {
        while (await connection.ReadRequest(stop) is { } request)
        {
            lock (seen)
            {
                seen.Add(request.Split(' ')[1]);
            }

            await connection.Send(Requests.Ok, stop);
        }
    });

    public Uri Address { get; }

    public int AcceptedCount
    {
        get
        {
            lock (_accepted)
            {
                return _accepted.Count;
            }
        }
    }

    /// <summary>Answers every request with the same bytes and keeps the connection.</summary>
    public static ScriptedServer Answering(string response) => new(async (connection, stop) =>
    {
        while (await connection.ReadRequest(stop) is not null)
        {
            await connection.Send(response, stop);
        }
    });

    /// <summary>Answers the first request of every connection with these bytes, then waits for the peer to close.</summary>
    public static ScriptedServer SayingOnce(byte[] response) => new(async (connection, stop) =>
    {
        await connection.ReadRequest(stop);
        await connection.Send(response, stop);
        await connection.ReadRequest(stop);
    });

    /// <summary>Answers the first request of every connection with these bytes, then closes it.</summary>
    public static ScriptedServer SayingAndClosing(string response) => new(async (connection, stop) =>
    {
        await connection.ReadRequest(stop);
        await connection.Send(Encoding.Latin1.GetBytes(response), stop);
    });

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        lock (_accepted)
        {
            foreach (var socket in _accepted)
            {
                socket.Dispose();
            }
        }

        Assert.True(_stopped.Wait(TimeSpan.FromSeconds(10)), "the scripted server did not stop");
        _stopped.Dispose();
        _stop.Dispose();
    }

    private async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                break;
            }

            if (socket.AddressFamily != AddressFamily.Unix)
            {
                socket.NoDelay = true;
            }

            lock (_accepted)
            {
                _accepted.Add(socket);
            }

            _ = Task.Run(() => Serve(socket));
        }

        _stopped.Set();
    }

    private async Task Serve(Socket socket)
    {
        using (socket)
        {
            try
            {
                await _script(new ServerConnection(socket), _stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client hung up or the test is over: both are ends of a script.
            }
        }
    }
}
