using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using PerfLab.Collector.Faults;

namespace PerfLab.Collector.Arms;

/// <summary>The connections of one arm: a bounded number, which can be broken all at once.</summary>
/// <param name="capacity">The bound.</param>
internal sealed class OpenConnections(int capacity)
{
    private readonly AdmissionGate gate = new(capacity);
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
    public void BreakAll()
    {
        foreach (var connection in open.Keys)
        {
            ConnectionReset.Break(connection.Features);
        }
    }
}
