namespace PerfLab.Load.Sockets;

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
