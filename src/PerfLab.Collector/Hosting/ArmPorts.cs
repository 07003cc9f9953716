using System.Net;

namespace PerfLab.Collector.Hosting;

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

    private static SwitchableListener ListenerOf(ArmEndPoint port) =>
        port.Listener ?? throw new InvalidOperationException("The port is not open yet. In the OTLP receiver. Start the host first.");

    private static Uri AddressOf(SwitchableListener listener)
    {
        var bound = (IPEndPoint)listener.EndPoint;
        return new UriBuilder(Uri.UriSchemeHttp, bound.Address.ToString(), bound.Port).Uri;
    }
}
