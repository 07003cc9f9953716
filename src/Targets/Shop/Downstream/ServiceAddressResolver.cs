using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Shop.Settings;

namespace Shop.Downstream;

/// <summary>Knows where a service answers: where the settings say, or else in this very process, over the network all the same.</summary>
/// <param name="settings">The settings of this process.</param>
/// <param name="server">The server of this process; asked for its addresses only once it listens.</param>
/// <param name="whereabouts">Asks other processes.</param>
internal sealed class ServiceAddressResolver(ShopSettings settings, IServer server, ServiceEndpointsClient whereabouts)
{
    /// <summary>Finds a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="path">The path of its operation.</param>
    /// <returns>The address of the operation.</returns>
    /// <exception cref="InvalidOperationException">The service is hosted here and the server does not listen yet.</exception>
    public Uri Resolve(ShopService service, string path) =>
        new(settings.Addresses.TryGetValue(service, out var address) ? address : Own(addresses => addresses.First()), path);

    /// <summary>Finds where a service answers gRPC.</summary>
    /// <param name="service">The service.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The address.</returns>
    /// <exception cref="DownstreamException">The process with the service does not answer, or does not speak gRPC.</exception>
    /// <exception cref="InvalidOperationException">The service is hosted here and the server does not listen yet.</exception>
    public async Task<Uri> ResolveGrpcAsync(ShopService service, CancellationToken cancellationToken)
    {
        if (!settings.Addresses.TryGetValue(service, out var address))
        {
            return Own(addresses => addresses.Last());
        }

        var port = (await whereabouts.GetAsync(address, cancellationToken)).GrpcPort
            ?? throw new DownstreamException($"{service} at {address} does not speak gRPC. Set SHOP_INVENTORY_TRANSPORT to the same value for both processes.");
        return new UriBuilder(address) { Port = port }.Uri;
    }

    /// <summary>Gets the port on which this process answers gRPC; null when it does not.</summary>
    public int? OwnGrpcPort => settings.ListensForGrpc ? Own(addresses => addresses.Last()).Port : null;

    // In the order in which the server was told to listen: HTTP first, gRPC last.
    private Uri Own(Func<ICollection<string>, string> choose)
    {
        var all = server.Features.Get<IServerAddressesFeature>()?.Addresses;
        if (all is not { Count: > 0 })
        {
            throw new InvalidOperationException("The address of this process is unknown while the server does not listen. Call services after the start.");
        }

        var url = new UriBuilder(choose(all));
        if (url.Host is "0.0.0.0" or "[::]" or "*" or "+")
        {
            url.Host = "127.0.0.1";
        }

        return url.Uri;
    }
}
