using System.Runtime.InteropServices;
using PerfLab.Load.Http;
using PerfLab.Load.Linux;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Sockets;

/// <summary>
/// Many HTTP/1.1 exchanges on one thread: one <c>send</c> and one <c>recv</c> per request, no registration and no
/// allocation per request. The caller decides when to start requests and how long to wait.
/// </summary>
internal sealed unsafe partial class SocketEngine : IDisposable
{
    private const int EventCapacity = 64;

    // Larger than what a socket usually holds, so that one receive empties it; small enough to stay in the second-level cache.
    private const int ReceiveCapacity = 64 * 1024;

    private readonly SocketEngineOptions _settings;
    private readonly EpollSet _epoll;
    private readonly byte* _buffer;
    private readonly List<Connection> _connections = [];
    private readonly Stack<Connection> _closed = [];
    private readonly ConnectionList _idle = new();
    private readonly ConnectionList _connecting = new();
    private readonly ConnectionList _opening = new();
    private readonly ConnectionList _inFlight = new();
    private bool _disposed;

    public SocketEngine(SocketEngineOptions settings)
    {
        _settings = settings;
        _epoll = new EpollSet(EventCapacity);
        _buffer = (byte*)NativeMemory.Alloc(ReceiveCapacity);
    }

    /// <summary>Gets or sets the receiver of the outcome of each request.</summary>
    public required IExchangeObserver Observer { get; set; }

    /// <summary>Gets the requests that have been started and have not ended.</summary>
    public int InFlight => _inFlight.Count + _connecting.Count;

    public long BytesReceived { get; private set; }

    public long BytesSent { get; private set; }

    public long ConnectionsOpened { get; private set; }

    /// <summary>Gets when the next request runs out of time, or <see cref="long.MaxValue"/>.</summary>
    public long NextDeadlineNanoseconds => Math.Min(
        _inFlight.First?.DeadlineNanoseconds ?? long.MaxValue,
        _connecting.First?.DeadlineNanoseconds ?? long.MaxValue);

    /// <summary>Starts a request on the connection that was used last, whose path through the caches is warm, or on a new one.</summary>
    public void Start(PreparedRequest request, long intendedNanoseconds)
    {
        while (_idle.Last is { } connection)
        {
            _idle.Remove(connection);
            Assign(connection, request, intendedNanoseconds);
            if (TrySendFirst(connection))
            {
                return;
            }

            // The peer had closed it while it was idle and nothing was sent: another connection takes the request.
            Close(connection);
        }

        var fresh = TakeClosed();
        Assign(fresh, request, intendedNanoseconds);
        fresh.AddressIndex = _preferredAddress;
        Connect(fresh);
    }

    /// <summary>Waits for what happens on the connections and deals with it.</summary>
    /// <returns>The number of events; 0 when the time has passed.</returns>
    public int Poll(long timeoutNanoseconds)
    {
        var count = _epoll.Wait(timeoutNanoseconds);
        for (var i = 0; i < count; i++)
        {
            var token = _epoll.TokenAt(i);
            var connection = _connections[(int)(uint)token];
            if (connection.Generation == (uint)(token >> 32))
            {
                Handle(connection, _epoll.EventsAt(i));
            }
        }

        return count;
    }

    /// <summary>Ends the requests that timed out, and renews connections that were idle for too long.</summary>
    public void Expire(long nowNanoseconds)
    {
        RenewIdle(nowNanoseconds);
        while (_inFlight.First is { } waiting && waiting.DeadlineNanoseconds <= nowNanoseconds)
        {
            Fail(waiting, ErrorKind.RequestTimeout, 0);
        }

        while (_connecting.First is { } connecting && connecting.DeadlineNanoseconds <= nowNanoseconds)
        {
            Fail(connecting, ErrorKind.ConnectTimeout, 0);
        }
    }

    /// <summary>Ends all requests in flight.</summary>
    public void AbandonAll(ErrorKind kind)
    {
        while ((_inFlight.First ?? _connecting.First) is { } connection)
        {
            Fail(connection, kind, 0);
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (var connection in _connections)
        {
            if (connection.Descriptor >= 0)
            {
                _ = LibC.Close(connection.Descriptor);
            }
        }

        _epoll.Dispose();
        NativeMemory.Free(_buffer);
    }

    private static void Assign(Connection connection, PreparedRequest request, long intendedNanoseconds)
    {
        connection.Request = request;
        connection.SentBytes = 0;
        connection.IntendedNanoseconds = intendedNanoseconds;
        connection.Parser.Reset(request.IsHead, request.BodyCheck?.Text ?? default);
    }

    private Connection TakeClosed()
    {
        if (_closed.TryPop(out var connection))
        {
            return connection;
        }

        connection = new Connection(_connections.Count, _settings.Limits);
        _connections.Add(connection);
        return connection;
    }

    private void Fail(Connection connection, ErrorKind kind, int code)
    {
        // Closing forgets the request.
        var request = connection.Request!;
        Leave(connection);
        Close(connection);
        Observer.Failed(request, connection.IntendedNanoseconds, kind, code, MonotonicClock.NowNanoseconds);
    }

    // Takes the connection out of the list that its state says it is in.
    private void Leave(Connection connection)
    {
        switch (connection.State)
        {
            case ConnectionState.Idle:
                _idle.Remove(connection);
                break;
            case ConnectionState.Connecting:
                _connecting.Remove(connection);
                break;
            case ConnectionState.Opening:
                _opening.Remove(connection);
                break;
            case ConnectionState.Sending or ConnectionState.Receiving:
                _inFlight.Remove(connection);
                break;
            default:
                break;
        }

        connection.State = ConnectionState.Closed;
    }

    private void Close(Connection connection)
    {
        CloseSocket(connection);
        connection.Request = null;
        _closed.Push(connection);
    }

    private static void CloseSocket(Connection connection)
    {
        if (connection.Descriptor >= 0)
        {
            // Closing the only descriptor of a socket takes it out of the epoll set as well.
            _ = LibC.Close(connection.Descriptor);
            connection.Descriptor = -1;
        }

        connection.State = ConnectionState.Closed;
        connection.Generation++;
    }
}

/// <summary>What an engine needs to know.</summary>
internal sealed record SocketEngineOptions
{
    /// <summary>Gets the addresses of the target in the order in which they are tried.</summary>
    public required IReadOnlyList<SocketAddress> Addresses { get; init; }

    public required ResponseLimits Limits { get; init; }

    public required long ConnectTimeoutNanoseconds { get; init; }

    public required long RequestTimeoutNanoseconds { get; init; }
}

/// <summary>Receives the outcome of each request; called on the thread that drives the engine, which it may start new requests on.</summary>
internal interface IExchangeObserver
{
    /// <summary>The first byte of a request is about to be sent.</summary>
    void Sent(PreparedRequest request, long intendedNanoseconds, long sentNanoseconds);

    /// <summary>The expected response is complete.</summary>
    void Answered(PreparedRequest request, long intendedNanoseconds, long sentNanoseconds, long doneNanoseconds);

    /// <summary>The response is complete and has a status that was not expected.</summary>
    /// <param name="request">Which.</param>
    /// <param name="intendedNanoseconds">When it was due.</param>
    /// <param name="status">The status.</param>
    /// <param name="location">Where it redirects to; empty where it does not. Valid during the call.</param>
    /// <param name="nowNanoseconds">When.</param>
    void Refused(PreparedRequest request, long intendedNanoseconds, int status, ReadOnlySpan<byte> location, long nowNanoseconds);

    /// <summary>The request ended otherwise.</summary>
    /// <param name="request">Which.</param>
    /// <param name="intendedNanoseconds">When it was due.</param>
    /// <param name="kind">How.</param>
    /// <param name="code">See <see cref="ErrorTally.Count(ErrorKind, int)"/>.</param>
    /// <param name="nowNanoseconds">When.</param>
    void Failed(PreparedRequest request, long intendedNanoseconds, ErrorKind kind, int code, long nowNanoseconds);
}
