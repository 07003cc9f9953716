using System.Net.Sockets;

namespace PerfLab.Load.LoadTests;

/// <summary>Finds out whether anybody listens before load is made: ten thousand refused connections say no more than one.</summary>
internal static class TargetReach
{
    /// <exception cref="IOException">Nobody listens, or not within the limit; the message says where and what to do.</exception>
    public static async Task CheckAsync(Uri address, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(limit);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.DnsSafeHost, address.Port, ending.Token);
        }
        catch (SocketException error)
        {
            throw Fault(address, error.Message, error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fault(address, $"no connection within {limit.TotalSeconds:0.###} s", error);
        }
    }

    private static IOException Fault(Uri address, string reason, Exception inner) =>
        new($"{address.Authority} cannot be reached: {reason} (load). Start the service, or correct host and port.", inner);
}
