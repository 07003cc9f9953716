using System.Net;
using System.Net.Sockets;

namespace PerfLab.Runner.Targets;

/// <summary>
/// Asks the operating system for free loopback ports. All are held at once, so that none is given twice, and freed together
/// just before the targets start; another program may still take one in between, and then the target fails to start.
/// </summary>
internal static class PortReservation
{
    /// <summary>Gets this many different free ports.</summary>
    public static IReadOnlyList<int> Take(int count)
    {
        var sockets = new List<Socket>(count);
        try
        {
            for (var index = 0; index < count; index++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            }

            return [.. sockets.Select(socket => ((IPEndPoint)socket.LocalEndPoint!).Port)];
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }
}
