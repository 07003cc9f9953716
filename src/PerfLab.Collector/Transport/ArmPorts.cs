using System.Net;
using Microsoft.AspNetCore.Connections;
using PerfLab.Collector.Exports;

namespace PerfLab.Collector.Transport;

/// <summary>The two ports of an arm. Their numbers are known once the host runs.</summary>
/// <param name="http">The port for OTLP/HTTP.</param>
/// <param name="grpc">The port for OTLP/gRPC.</param>
internal sealed class ArmPorts(ArmEndPoint http, ArmEndPoint grpc)
{
    /// <summary>Gets the base address for OTLP/HTTP.</summary>
    public Uri Http => AddressOf(ListenerOf(http));

    /// <summary>Gets the base address for OTLP/gRPC.</summary>
    public Uri Grpc => AddressOf(ListenerOf(grpc));

    /// <summary>Closes both ports.</summary>
    public async Task CloseAsync()
    {
        await ListenerOf(http).CloseAsync();
        await ListenerOf(grpc).CloseAsync();
    }

    /// <summary>Opens both ports again; nothing happens to open ones.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await ListenerOf(http).OpenAsync(cancellationToken);
        await ListenerOf(grpc).OpenAsync(cancellationToken);
    }

    private static ReopenableListener ListenerOf(ArmEndPoint port) =>
        port.Listener ?? throw new InvalidOperationException("The port is not open yet. In the OTLP receiver. Start the host first.");

    private static Uri AddressOf(ReopenableListener listener)
    {
        var bound = (IPEndPoint)listener.EndPoint;
        return new UriBuilder(Uri.UriSchemeHttp, bound.Address.ToString(), bound.Port).Uri;
    }
}

/// <summary>A loopback port of an arm, chosen by the system, and the listener that Kestrel's transport puts on it.</summary>
internal sealed class ArmEndPoint() : IPEndPoint(IPAddress.Loopback, 0)
{
    /// <summary>Gets or sets the listener, once the port is open.</summary>
    public ReopenableListener? Listener { get; set; }
}

/// <summary>Marks a port's connections with the arm that the port belongs to.</summary>
internal static class ArmConnectionMiddleware
{
    /// <summary>Serves connections of one port.</summary>
    /// <param name="arm">The port's arm.</param>
    /// <param name="next">Kestrel's HTTP.</param>
    public static ConnectionDelegate Create(ArmReceiver arm, ConnectionDelegate next) => async connection =>
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
