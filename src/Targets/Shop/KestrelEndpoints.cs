using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shop.Settings;

namespace Shop;

/// <summary>
/// Configures the addresses on which the server listens. Without TLS the two sides cannot agree on a version of HTTP, so HTTP/1.1 and gRPC
/// have a port each.
/// </summary>
internal static class KestrelEndpoints
{
    /// <summary>Listens where the settings say.</summary>
    /// <param name="builder">The application being built.</param>
    /// <param name="settings">The settings of the process.</param>
    public static void ListenAt(this WebApplicationBuilder builder, ShopSettings settings)
    {
        if (!settings.ListensForGrpc)
        {
            builder.WebHost.UseUrls(settings.Url.GetLeftPart(UriPartial.Authority));
            return;
        }

        // Else the server complains that these addresses and the ones below contradict each other.
        builder.Configuration.AddInMemoryCollection([new(WebHostDefaults.ServerUrlsKey, string.Empty)]);
        builder.WebHost.ConfigureKestrel(server =>
        {
            Listen(server, settings.Url.Host, settings.Url.Port, HttpProtocols.Http1);
            Listen(server, settings.Url.Host == "localhost" ? "127.0.0.1" : settings.Url.Host, settings.GrpcPort, HttpProtocols.Http2);
        });
    }

    private static void Listen(KestrelServerOptions server, string host, int port, HttpProtocols protocols)
    {
        if (host == "localhost")
        {
            server.ListenLocalhost(port, Choose);
        }
        else if (IPAddress.TryParse(host, out var address))
        {
            server.Listen(address, port, Choose);
        }
        else
        {
            // As the server reads any other name in a URL.
            server.ListenAnyIP(port, Choose);
        }

        void Choose(ListenOptions endpoint) => endpoint.Protocols = protocols;
    }
}
