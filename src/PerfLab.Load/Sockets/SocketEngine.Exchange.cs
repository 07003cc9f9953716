using PerfLab.Load.Http;
using PerfLab.Load.Linux;

namespace PerfLab.Load.Sockets;

/// <content>How requests are sent and responses received.</content>
internal sealed unsafe partial class SocketEngine
{
    private int _lastSendError;

    private void Handle(Connection connection, uint events)
    {
        switch (connection.State)
        {
            case ConnectionState.Connecting:
                FinishConnecting(connection, events);
                break;
            case ConnectionState.Opening:
                FinishOpening(connection, events);
                break;
            case ConnectionState.Idle:
                HandleIdle(connection, events);
                break;
            case ConnectionState.Sending:
                ContinueSending(connection, events);
                break;
            case ConnectionState.Receiving:
                Receive(connection, events);
                break;
            default:
                break;
        }
    }

    // No request is in flight: bytes are a fault of the server, the end of the stream is allowed.
    private void HandleIdle(Connection connection, uint events)
    {
        if ((events & (EpollSet.Readable | EpollSet.PeerClosed | EpollSet.Error | EpollSet.HungUp)) == 0)
        {
            return;
        }

        var received = StreamSocket.Receive(connection.Descriptor, _buffer, ReceiveCapacity);
        if (received == -Errno.Again)
        {
            return;
        }

        if (received > 0)
        {
            BytesReceived += received;
        }

        Leave(connection);
        Close(connection);
    }

    /// <summary>Begins to send; false when the connection is dead and nothing was sent.</summary>
    private bool TrySendFirst(Connection connection)
    {
        var now = MonotonicClock.NowNanoseconds;
        var request = connection.Request!;
        var sent = StreamSocket.Send(connection.Descriptor, request.Pointer, request.Length);
        if (sent < 0 && sent != -Errno.Again)
        {
            _lastSendError = -sent;
            return false;
        }

        connection.SentNanoseconds = now;
        connection.DeadlineNanoseconds = now + _settings.RequestTimeoutNanoseconds;
        connection.SentBytes = Math.Max(sent, 0);
        connection.State = connection.SentBytes == request.Length ? ConnectionState.Receiving : ConnectionState.Sending;
        BytesSent += connection.SentBytes;
        _inFlight.AddLast(connection);
        Observer.Sent(request, connection.IntendedNanoseconds, now);
        return true;
    }

    private void ContinueSending(Connection connection, uint events)
    {
        var isBroken = (events & EpollSet.Writable) != 0 && !TrySendRest(connection);

        // What the server said before it hung up tells more than that sending failed.
        Receive(connection, isBroken ? events | EpollSet.PeerClosed : events);
    }

    private bool TrySendRest(Connection connection)
    {
        var request = connection.Request!;
        while (connection.SentBytes < request.Length)
        {
            var sent = StreamSocket.Send(
                connection.Descriptor, request.Pointer + connection.SentBytes, request.Length - connection.SentBytes);
            if (sent < 0)
            {
                return sent == -Errno.Again;
            }

            connection.SentBytes += sent;
            BytesSent += sent;
        }

        connection.State = ConnectionState.Receiving;
        return true;
    }

    private void Receive(Connection connection, uint events)
    {
        if ((events & (EpollSet.Readable | EpollSet.PeerClosed | EpollSet.Error | EpollSet.HungUp)) == 0)
        {
            return;
        }

        var isClosing = (events & (EpollSet.PeerClosed | EpollSet.Error | EpollSet.HungUp)) != 0;
        while (true)
        {
            var received = StreamSocket.Receive(connection.Descriptor, _buffer, ReceiveCapacity);
            if (received <= 0)
            {
                HandleEnd(connection, received);
                return;
            }

            BytesReceived += received;
            var progress = connection.Parser.Feed(new ReadOnlySpan<byte>(_buffer, received), out var consumed);
            if (progress != ParseStatus.NeedMore)
            {
                // A peer that has closed, a full buffer: there may be more in the socket, so it is not used again unseen.
                Finish(connection, progress, hasExtra: consumed < received, mayReuse: !isClosing && received < ReceiveCapacity);
                return;
            }

            // A short read has emptied the socket; the next bytes raise a new edge. Not so when the peer has closed.
            if (received < ReceiveCapacity && !isClosing)
            {
                return;
            }
        }
    }

    private void HandleEnd(Connection connection, int received)
    {
        if (received == -Errno.Again)
        {
            return;
        }

        var parser = connection.Parser;
        if (received == 0 && parser.EndOfStreamCompletes)
        {
            Finish(connection, ParseStatus.Complete, hasExtra: false, mayReuse: false);
            return;
        }

        var kind = received < 0 ? ErrorKind.ConnectionReset
            : parser.HasBegun ? ErrorKind.Truncated
            : ErrorKind.ConnectionClosed;
        Fail(connection, kind, -received);
    }

    private void Finish(Connection connection, ParseStatus progress, bool hasExtra, bool mayReuse)
    {
        var now = MonotonicClock.NowNanoseconds;
        var parser = connection.Parser;
        var fault = progress == ParseStatus.Failed ? parser.Fault
            : hasExtra ? ResponseFault.ExtraBytes
            : ResponseFault.None;
        if (fault != ResponseFault.None)
        {
            Fail(connection, fault >= ResponseFault.LineTooLong ? ErrorKind.TooLarge : ErrorKind.Malformed, (int)fault);
            return;
        }

        var status = parser.StatusCode;
        var request = connection.Request!;
        var intended = connection.IntendedNanoseconds;
        var sent = connection.SentNanoseconds;

        // First the connection, then the news: the observer may start the next request on it.
        var wasSent = connection.State == ConnectionState.Receiving;
        Leave(connection);
        if (mayReuse && wasSent && parser.KeepAlive)
        {
            LearnIdleLimit(parser.IdleTimeoutSeconds);
            Park(connection, now);
        }
        else
        {
            Close(connection);
        }

        if (!request.ExpectedStatus.Allows(status))
        {
            Observer.Refused(request, intended, status, parser.Location, now);
        }
        else if (request.BodyCheck is { } rules && !rules.Passes(parser.BodyBytes, parser.TextFound))
        {
            Observer.Failed(request, intended, ErrorKind.UnexpectedBody, 0, now);
        }
        else
        {
            Observer.Answered(request, intended, sent, now);
        }
    }
}
