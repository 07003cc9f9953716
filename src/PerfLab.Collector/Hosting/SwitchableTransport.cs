using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace PerfLab.Collector.Hosting;

/// <summary>Kestrel's sockets, with listeners that can be closed and opened again.</summary>
/// <param name="sockets">Kestrel's own transport.</param>
internal sealed class SwitchableTransport(SocketTransportFactory sockets) : IConnectionListenerFactory
{
    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new SwitchableListener(sockets, await sockets.BindAsync(endpoint, cancellationToken));
        if (endpoint is ArmEndPoint port)
        {
            port.Listener = listener;
        }

        return listener;
    }
}
