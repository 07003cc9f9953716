using System.Net;
using System.Runtime.InteropServices;
using PerfLab.Load.Linux;

namespace PerfLab.Load.NullServers;

/// <summary>
/// A minimal HTTP/1.1 server on one thread: every request without a body gets the same short answer. What a
/// generator is measured against, so that it is the generator that is measured. Linux, loopback, no protection: for benches.
/// </summary>
public sealed unsafe class NullServer : IDisposable
{
    private const int ListenerToken = int.MaxValue;
    private const int Backlog = 16_384;
    private const int BufferBytes = 64 * 1024;

    // So that the end is noticed while nothing happens.
    private const long LongestWaitNanoseconds = 50_000_000;

    private readonly EpollSet _epoll = new(256);
    private readonly NullServerOptions _options;
    private readonly PendingResponses _pending;
    private readonly RequestEndCounter _ends = new();
    private readonly byte* _buffer = (byte*)NativeMemory.Alloc(BufferBytes);
    private readonly int _listener;
    private long _freezeAtNanoseconds = long.MaxValue;
    private bool _hasBegun;
    private bool _disposed;

    /// <summary>Begins to listen on a free port of 127.0.0.1.</summary>
    /// <param name="options">How it answers.</param>
    /// <exception cref="IOException">It cannot listen.</exception>
    public NullServer(NullServerOptions options)
    {
        _options = options;
        _pending = new PendingResponses(MonotonicClock.ToNanoseconds(options.Delay), options.IsOneAtATime);
        _listener = ListeningSocket.Open(Backlog, out var port);
        Port = port;
        if (_epoll.Add(_listener, ListenerToken) != 0)
        {
            throw new IOException("The null server cannot wait for connections (epoll_ctl). Look at the limits of the process (ulimit -n).");
        }
    }

    /// <summary>Gets the port that it listens on.</summary>
    public int Port { get; }

    /// <summary>Gets the requests answered so far.</summary>
    public long AnsweredCount { get; private set; }

    /// <summary>Answers until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public void Run(CancellationToken cancellationToken)
    {
        _ = ThreadScheduling.SetTimerSlack(1);
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = MonotonicClock.NowNanoseconds;
            FreezeWhenDue(now);
            while (_pending.TryTakeDue(now, out var due))
            {
                Send(due);
            }

            Handle(_epoll.Wait(Math.Min(LongestWaitNanoseconds, Math.Min(_pending.NextDueNanoseconds, _freezeAtNanoseconds) - now)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (var descriptor in _ends.Descriptors)
        {
            _ = LibC.Close(descriptor);
        }

        _ = LibC.Close(_listener);
        _epoll.Dispose();
        NativeMemory.Free(_buffer);
    }

    // A garbage collection, a checkpoint, a paused machine: nothing is read and nothing is answered meanwhile.
    private void FreezeWhenDue(long now)
    {
        if (now >= _freezeAtNanoseconds)
        {
            _freezeAtNanoseconds = long.MaxValue;
            Thread.Sleep(_options.FreezeDuration);
        }
    }

    private void Handle(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var token = _epoll.TokenAt(i);
            if (token == ListenerToken)
            {
                AcceptAll();
            }
            else
            {
                Receive((int)token);
            }
        }
    }

    private void AcceptAll()
    {
        int descriptor;
        while ((descriptor = ListeningSocket.Accept(_listener)) >= 0)
        {
            _ends.Begin(descriptor);
            if (_epoll.Add(descriptor, (ulong)descriptor) != 0)
            {
                Close(descriptor);
            }
        }
    }

    private void Receive(int descriptor)
    {
        int received;
        do
        {
            received = StreamSocket.Receive(descriptor, _buffer, BufferBytes);
            if (received == -Errno.Again)
            {
                return;
            }

            if (received <= 0)
            {
                Close(descriptor);
                return;
            }

            Answer(descriptor, _ends.Count(descriptor, new ReadOnlySpan<byte>(_buffer, received)));
        }
        while (received == BufferBytes);
    }

    private void Answer(int descriptor, int requests)
    {
        if (requests > 0 && !_hasBegun)
        {
            _hasBegun = true;
            _freezeAtNanoseconds = _options.FreezeAfter is { } after
                ? MonotonicClock.NowNanoseconds + MonotonicClock.ToNanoseconds(after)
                : long.MaxValue;
        }

        for (var i = 0; i < requests; i++)
        {
            if (_options.Delay == TimeSpan.Zero)
            {
                Send(descriptor);
            }
            else
            {
                _pending.Add(descriptor, MonotonicClock.NowNanoseconds);
            }
        }
    }

    private void Send(int descriptor)
    {
        var answer = NullResponse.Bytes;
        fixed (byte* bytes = answer)
        {
            if (StreamSocket.Send(descriptor, bytes, answer.Length) == answer.Length)
            {
                AnsweredCount++;
            }
        }
    }

    private void Close(int descriptor)
    {
        _pending.Forget(descriptor);
        _ends.End(descriptor);
        _ = LibC.Close(descriptor);
    }
}

/// <summary>How a null server answers.</summary>
public sealed record NullServerOptions
{
    /// <summary>Gets how long it keeps every answer back; zero for not at all.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Gets whether it works on one request at a time, each for <see cref="Delay"/>: 2 ms make a capacity of exactly 500 a second.</summary>
    public bool IsOneAtATime { get; init; }

    /// <summary>Gets when after the first request it freezes, once; null for never.</summary>
    public TimeSpan? FreezeAfter { get; init; }

    /// <summary>Gets how long it is frozen.</summary>
    public TimeSpan FreezeDuration { get; init; }
}

/// <summary>What a null server says.</summary>
internal static class NullResponse
{
    /// <summary>Gets an answer as small web services give it.</summary>
    public static ReadOnlySpan<byte> Bytes => "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nServer: null\r\nContent-Length: 13\r\n\r\nHello, World!"u8;
}
