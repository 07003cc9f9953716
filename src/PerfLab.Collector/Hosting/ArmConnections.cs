using Microsoft.AspNetCore.Connections;
using PerfLab.Collector.Arms;

namespace PerfLab.Collector.Hosting;

/// <summary>Marks a port's connections with the arm that the port belongs to.</summary>
internal static class ArmConnections
{
    /// <summary>Serves connections of one port.</summary>
    /// <param name="arm">The port's arm.</param>
    /// <param name="next">Kestrel's HTTP.</param>
    public static ConnectionDelegate Mark(ArmChannel arm, ConnectionDelegate next) => async connection =>
    {
        if (!arm.Connections.TryEnter(connection))
        {
            // Returning closes the connection, which a sender may try again.
            return;
        }

        try
        {
            connection.Features.Set(arm);
            await next(connection);
        }
        finally
        {
            arm.Connections.Leave(connection);
        }
    };
}
