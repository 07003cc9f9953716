using PerfLab.Load.Linux;

namespace PerfLab.Load.Sockets;

/// <content>How idle connections are kept, and renewed before the server closes them under a request.</content>
internal sealed unsafe partial class SocketEngine
{
    // Servers close idle connections after 5 s and more (Node.js 5 s, Apache httpd 5 s, nginx 75 s, Kestrel 130 s). A request that
    // meets such a close on its way is reset, and the error is not the service's.
    private const long LongestIdleNanoseconds = 4_000_000_000;

    // A server that says how long it waits is left a fifth of it, as 4 s of 5 s.
    private const double ShareOfStatedTimeout = 0.8;

    // A server that waits less than 1 s would be kept busy with connections that nobody uses: a request opens its own there.
    private const long ShortestRenewedNanoseconds = 500_000_000;

    // As the last response stated it: what holds for one connection of a server holds for a new one.
    private long _idleLimitNanoseconds = LongestIdleNanoseconds;

    /// <summary>Counts the idle connections that have been used since a moment.</summary>
    public int CountIdleSince(long nanoseconds)
    {
        // The list is in the order in which connections became idle.
        var count = 0;
        for (var connection = _idle.Last; connection is not null && connection.IdleSinceNanoseconds >= nanoseconds; connection = connection.Previous)
        {
            count++;
        }

        return count;
    }

    /// <summary>
    /// Makes sure, while no request is in flight, that connections are there for the requests to come: those that the server
    /// has closed or may be about to close are replaced. Waits at most the connect timeout; what cannot be opened is left to the
    /// requests, which report why.
    /// </summary>
    /// <param name="count">Idle connections wanted.</param>
    public void OpenIdle(int count)
    {
        while (Poll(0) > 0)
        {
        }

        var now = MonotonicClock.NowNanoseconds;
        CloseOverdue(now);
        if (_idleLimitNanoseconds < ShortestRenewedNanoseconds)
        {
            return;
        }

        for (var missing = count - _idle.Count - _opening.Count; missing > 0; missing--)
        {
            Open();
        }

        var limit = now + _settings.ConnectTimeoutNanoseconds;
        for (; _opening.Count > 0 && now < limit; now = MonotonicClock.NowNanoseconds)
        {
            Poll(limit - now);
        }

        CloseUnopened(now);
    }

    // Under load the last connection is replaced as well, so that a rare request does not wait for a new one.
    private void RenewIdle(long now)
    {
        if (CloseOverdue(now) && _idleLimitNanoseconds >= ShortestRenewedNanoseconds && InFlight + _idle.Count + _opening.Count == 0)
        {
            Open();
        }

        CloseUnopened(now);
    }

    private bool CloseOverdue(long now)
    {
        var wasAny = false;
        while (_idle.First is { } connection && connection.IdleUntilNanoseconds <= now)
        {
            Leave(connection);
            Close(connection);
            wasAny = true;
        }

        return wasAny;
    }

    private void CloseUnopened(long now)
    {
        while (_opening.First is { } connection && connection.DeadlineNanoseconds <= now)
        {
            Leave(connection);
            Close(connection);
        }
    }

    private void Open()
    {
        var connection = TakeClosed();
        connection.AddressIndex = _preferredAddress;
        var error = StreamSocket.BeginConnect(_settings.Addresses[connection.AddressIndex], out var descriptor);
        connection.Descriptor = descriptor;
        if (error is not (0 or Errno.InProgress) || _epoll.Add(descriptor, connection.Token) != 0)
        {
            Close(connection);
            return;
        }

        connection.State = ConnectionState.Opening;
        connection.DeadlineNanoseconds = MonotonicClock.NowNanoseconds + _settings.ConnectTimeoutNanoseconds;
        _opening.AddLast(connection);
    }

    private void FinishOpening(Connection connection, uint events)
    {
        var error = ConnectError(connection, events);
        if (error == Errno.InProgress)
        {
            return;
        }

        Leave(connection);
        if (error == 0)
        {
            ConnectionsOpened++;
            Park(connection, MonotonicClock.NowNanoseconds);
        }
        else
        {
            Close(connection);
        }
    }

    private void LearnIdleLimit(long? statedSeconds) =>
        _idleLimitNanoseconds = statedSeconds is { } seconds
            ? (long)Math.Clamp(seconds * 1e9 * ShareOfStatedTimeout, 0, LongestIdleNanoseconds)
            : LongestIdleNanoseconds;

    private void Park(Connection connection, long now)
    {
        connection.State = ConnectionState.Idle;
        connection.IdleSinceNanoseconds = now;
        connection.IdleUntilNanoseconds = now + _idleLimitNanoseconds;
        _idle.AddLast(connection);
    }
}
