using System.Net;
using System.Net.Sockets;

namespace PerfLab.Load.Drivers;

/// <summary>
/// Where a target is reached, the same for both drivers: at the addresses of its host or at a Unix socket. The first that accepts a
/// connection gets all of them; the others are tried only when it does not any more.
/// </summary>
public sealed class TargetEndPoints
{
    private int _preferred;

    private TargetEndPoints(IReadOnlyList<EndPoint> all) => All = all;

    /// <summary>Gets all of them in the order in which they are tried at first.</summary>
    public IReadOnlyList<EndPoint> All { get; }

    /// <summary>Gets the one that accepted a connection last; the first until then.</summary>
    public EndPoint Preferred => All[_preferred];

    /// <summary>Finds them.</summary>
    /// <param name="baseAddress">Scheme, host and port.</param>
    /// <param name="unixSocket">Path of a socket in place of host and port; null for none.</param>
    /// <exception cref="SocketException">The name of the host is not known.</exception>
    /// <exception cref="ArgumentException">The path is too long for a socket.</exception>
    public static TargetEndPoints Of(Uri baseAddress, string? unixSocket)
    {
        ArgumentNullException.ThrowIfNull(baseAddress);
        if (unixSocket is not null)
        {
            return new TargetEndPoints([new UnixDomainSocketEndPoint(unixSocket)]);
        }

        // IPv4 first: most servers that listen on "localhost" listen there; the other is tried when it is refused.
        return new TargetEndPoints(
        [
            .. Dns.GetHostAddresses(baseAddress.IdnHost)
                .OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
                .Select(address => new IPEndPoint(address, baseAddress.Port)),
        ]);
    }

    /// <summary>Connects to the one that is preferred, else to the next.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">None accepts; of the last one.</exception>
    public async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var first = _preferred;
        for (var attempt = 0; ; attempt++)
        {
            var index = (first + attempt) % All.Count;
            var socket = All[index] is IPEndPoint
                ? new Socket(All[index].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
                : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(All[index], cancellationToken);
                _preferred = index;
                return socket;
            }
            catch (Exception error)
            {
                socket.Dispose();
                if (error is not SocketException || attempt == All.Count - 1)
                {
                    throw;
                }
            }
        }
    }
}
