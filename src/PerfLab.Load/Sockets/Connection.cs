using PerfLab.Load.Http;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Sockets;

/// <summary>One connection and the request in flight on it; the object is used again after the socket was closed.</summary>
internal sealed class Connection(int index, ResponseLimits limits)
{
    public int Index { get; } = index;

    /// <summary>Gets the parser of the response in flight.</summary>
    public ResponseParser Parser { get; } = new(limits);

    /// <summary>Gets or sets the number of the socket that the object holds; events of an earlier one are told by it.</summary>
    public uint Generation { get; set; }

    public ConnectionState State { get; set; }

    public int Descriptor { get; set; } = -1;

    public int AddressIndex { get; set; }

    public PreparedRequest? Request { get; set; }

    public int SentBytes { get; set; }

    public long IntendedNanoseconds { get; set; }

    public long SentNanoseconds { get; set; }

    public long DeadlineNanoseconds { get; set; }

    /// <summary>Gets or sets when the connection became idle; only of an idle connection.</summary>
    public long IdleSinceNanoseconds { get; set; }

    /// <summary>Gets or sets when the idle connection is no longer used, because the server may be about to close it.</summary>
    public long IdleUntilNanoseconds { get; set; }

    /// <summary>Gets or sets the previous connection in the list that the connection is in.</summary>
    public Connection? Previous { get; set; }

    /// <summary>Gets or sets the next connection in the list.</summary>
    public Connection? Next { get; set; }

    public ulong Token => ((ulong)Generation << 32) | (uint)Index;
}

/// <summary>What a connection is doing.</summary>
internal enum ConnectionState
{
    Closed = 0,
    Connecting,

    /// <summary>Connecting ahead of the requests that it is for.</summary>
    Opening,
    Idle,
    Sending,
    Receiving,
}

/// <summary>A linked list through the connections themselves: adding and removing allocate nothing and take no search.</summary>
internal sealed class ConnectionList
{
    public Connection? First { get; private set; }

    public Connection? Last { get; private set; }

    public int Count { get; private set; }

    public void AddLast(Connection connection)
    {
        connection.Previous = Last;
        connection.Next = null;
        if (Last is null)
        {
            First = connection;
        }
        else
        {
            Last.Next = connection;
        }

        Last = connection;
        Count++;
    }

    public void Remove(Connection connection)
    {
        if (connection.Previous is null)
        {
            First = connection.Next;
        }
        else
        {
            connection.Previous.Next = connection.Next;
        }

        if (connection.Next is null)
        {
            Last = connection.Previous;
        }
        else
        {
            connection.Next.Previous = connection.Previous;
        }

        connection.Previous = null;
        connection.Next = null;
        Count--;
    }
}
