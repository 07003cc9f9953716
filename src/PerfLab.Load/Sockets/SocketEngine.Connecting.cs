using PerfLab.Load.Linux;

namespace PerfLab.Load.Sockets;

/// <content>How connections are made.</content>
internal sealed unsafe partial class SocketEngine
{
    // The address that answered last: a name such as localhost stands for several, and a server listens on some.
    private int _preferredAddress;

    private void Connect(Connection connection)
    {
        var error = StreamSocket.BeginConnect(_settings.Addresses[connection.AddressIndex], out var descriptor);
        connection.Descriptor = descriptor;
        connection.State = ConnectionState.Connecting;
        connection.DeadlineNanoseconds = MonotonicClock.NowNanoseconds + _settings.ConnectTimeoutNanoseconds;
        _connecting.AddLast(connection);
        if (error is 0 or Errno.InProgress)
        {
            // Connected at once or later: the first edge of "writable" tells both.
            error = _epoll.Add(descriptor, connection.Token);
            if (error == 0)
            {
                return;
            }
        }

        FailToConnect(connection, error);
    }

    private void FinishConnecting(Connection connection, uint events)
    {
        var error = ConnectError(connection, events);
        if (error == Errno.InProgress)
        {
            return;
        }

        if (error != 0)
        {
            FailToConnect(connection, error);
            return;
        }

        ConnectionsOpened++;
        _preferredAddress = connection.AddressIndex;
        _connecting.Remove(connection);
        if (!TrySendFirst(connection))
        {
            var request = connection.Request!;
            connection.State = ConnectionState.Closed;
            Close(connection);
            Observer.Failed(request, connection.IntendedNanoseconds, ErrorKind.ConnectionReset, _lastSendError, MonotonicClock.NowNanoseconds);
        }
    }

    private static int ConnectError(Connection connection, uint events) =>
        (events & (EpollSet.Error | EpollSet.HungUp | EpollSet.Writable)) != 0
            ? StreamSocket.TakeError(connection.Descriptor)
            : Errno.InProgress;

    private void FailToConnect(Connection connection, int error)
    {
        Leave(connection);
        CloseSocket(connection);
        var next = (connection.AddressIndex + 1) % _settings.Addresses.Count;
        if (next != _preferredAddress)
        {
            connection.AddressIndex = next;
            Connect(connection);
            return;
        }

        var request = connection.Request!;
        Close(connection);
        var kind = error switch
        {
            Errno.ConnectionRefused => ErrorKind.ConnectRefused,
            Errno.TimedOut => ErrorKind.ConnectTimeout,
            _ => ErrorKind.ConnectFailed,
        };
        Observer.Failed(request, connection.IntendedNanoseconds, kind, error, MonotonicClock.NowNanoseconds);
    }
}
