using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace PerfLab.Collector.Faults;

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
