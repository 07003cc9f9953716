using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PerfLab.Collector.Hosting;

/// <summary>The two ports of an arm. Their numbers are known once the host runs.</summary>
internal sealed class ArmPorts
{
    private readonly ListenOptions http;
    private readonly ListenOptions grpc;

    /// <summary>Initialises a new instance of the <see cref="ArmPorts"/> class.</summary>
    public ArmPorts(ListenOptions http, ListenOptions grpc)
    {
        this.http = http;
        this.grpc = grpc;
    }

    /// <summary>Gets the base address for OTLP/HTTP.</summary>
    public Uri Http => AddressOf(http);

    /// <summary>Gets the base address for OTLP/gRPC.</summary>
    public Uri Grpc => AddressOf(grpc);

    // Kestrel writes the endpoint that it bound into the options, so port 0 becomes the port that the system chose.
    private static Uri AddressOf(ListenOptions options) =>
        new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), options.IPEndPoint!.Port).Uri;
}
