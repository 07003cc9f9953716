using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Shop.Settings;

namespace Shop.Downstream;

/// <summary>Knows where a service answers: where the settings say, or else in this very process, over HTTP all the same.</summary>
/// <param name="settings">The settings of this process.</param>
/// <param name="server">The server of this process; asked for its address only once it listens.</param>
internal sealed class ServiceAddresses(ShopSettings settings, IServer server)
{
    /// <summary>Finds a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="path">The path of its operation.</param>
    /// <returns>The address of the operation.</returns>
    /// <exception cref="InvalidOperationException">The service is hosted here and the server does not listen yet.</exception>
    public Uri Of(ShopService service, string path) =>
        new(settings.Addresses.TryGetValue(service, out var address) ? address : Own(), path);

    private Uri Own()
    {
        var own = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The address of this process is unknown while the server does not listen. Call services after the start.");
        var url = new UriBuilder(own);
        if (url.Host is "0.0.0.0" or "[::]" or "*" or "+")
        {
            url.Host = "127.0.0.1";
        }

        return url.Uri;
    }
}
