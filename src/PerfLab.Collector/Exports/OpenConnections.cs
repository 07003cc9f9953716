using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace PerfLab.Collector.Exports;

/// <summary>The connections of one arm: a bounded number, which can be broken all at once.</summary>
/// <param name="capacity">The bound.</param>
internal sealed class OpenConnections(int capacity)
{
    private readonly ConcurrencyLimiter gate = new(capacity);
    private readonly ConcurrentDictionary<ConnectionContext, bool> open = new();

    /// <summary>Gets how many are open.</summary>
    public int Count => open.Count;

    /// <summary>Lets a connection in, unless the bound is reached.</summary>
    public bool TryEnter(ConnectionContext connection) => gate.TryEnter() && open.TryAdd(connection, true);

    /// <summary>Lets a connection out that was let in.</summary>
    public void Leave(ConnectionContext connection)
    {
        open.TryRemove(connection, out _);
        gate.Leave();
    }

    /// <summary>Resets all connections.</summary>
    public void ResetAll()
    {
        foreach (var connection in open.Keys)
        {
            ConnectionReset.Break(connection.Features);
        }
    }
}

/// <summary>Lets a bounded number in.</summary>
/// <param name="capacity">The bound.</param>
internal sealed class ConcurrencyLimiter(int capacity)
{
    private int inside;

    /// <summary>Lets one in, unless the bound is reached.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref inside) <= capacity)
        {
            return true;
        }

        Interlocked.Decrement(ref inside);
        return false;
    }

    /// <summary>Lets one out that was let in.</summary>
    public void Leave() => Interlocked.Decrement(ref inside);
}

/// <summary>Breaks a connection as a crashed back end does.</summary>
internal static class ConnectionReset
{
    /// <summary>Ends a connection with a reset instead of an orderly close.</summary>
    /// <param name="features">The features of the connection, or of a request on it.</param>
    public static void Break(IFeatureCollection features)
    {
        // Closing a socket that lingers for zero seconds sends RST (RFC 9293, 3.10.5, ABORT).
        try
        {
            if (features.Get<IConnectionSocketFeature>() is { } socket)
            {
                socket.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
        }
        catch (Exception over) when (over is ObjectDisposedException or SocketException)
        {
            // The other side ended the connection at the same moment, so there is nothing left to reset.
            return;
        }

        features.Get<IConnectionLifetimeFeature>()?.Abort();
    }
}
