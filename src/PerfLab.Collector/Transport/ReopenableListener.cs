using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace PerfLab.Collector.Transport;

/// <summary>
/// A listening port that can be closed and opened again while Kestrel runs. While it is closed the system refuses
/// connections, as with a back end that is down, and the port's number is kept.
/// </summary>
internal sealed class ReopenableListener : IConnectionListener
{
    private readonly IConnectionListenerFactory transport;
    private readonly Lock gate = new();
    private IConnectionListener? listener;
    private Socket? placeholder;
    private TaskCompletionSource opened = Completed();
    private bool stopped;

    /// <summary>Initialises a new instance of the <see cref="ReopenableListener"/> class, open.</summary>
    /// <param name="transport">What opens the port again.</param>
    /// <param name="listener">The open port.</param>
    public ReopenableListener(IConnectionListenerFactory transport, IConnectionListener listener)
    {
        this.transport = transport;
        this.listener = listener;
        EndPoint = listener.EndPoint;
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            IConnectionListener? open;
            Task reopened;
            lock (gate)
            {
                if (stopped)
                {
                    return null;
                }

                (open, reopened) = (listener, opened.Task);
            }

            if (open is null)
            {
                await reopened.WaitAsync(cancellationToken);
            }
            else if (await open.AcceptAsync(cancellationToken) is { } connection)
            {
                return connection;
            }
            else
            {
                // A port that was closed accepts no more; go and see whether it is to stay so.
                await Task.Yield();
            }
        }
    }

    /// <summary>Closes the port.</summary>
    public async Task CloseAsync()
    {
        IConnectionListener? open;
        lock (gate)
        {
            open = listener;
            listener = null;
            opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (open is null)
        {
            return;
        }

        await open.UnbindAsync();
        await open.DisposeAsync();

        // A socket that is bound but does not listen keeps the number from being given to somebody else.
        placeholder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        placeholder.Bind(EndPoint);
    }

    /// <summary>Opens the port again.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (listener is not null)
        {
            return;
        }

        placeholder?.Dispose();
        placeholder = null;
        var fresh = await transport.BindAsync(EndPoint, cancellationToken);
        lock (gate)
        {
            listener = fresh;
            opened.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        IConnectionListener? open;
        lock (gate)
        {
            stopped = true;
            open = listener;
            opened.TrySetResult();
        }

        if (open is not null)
        {
            await open.UnbindAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        placeholder?.Dispose();
        if (listener is not null)
        {
            await listener.DisposeAsync();
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}

/// <summary>Kestrel's sockets, with listeners that can be closed and opened again.</summary>
/// <param name="sockets">Kestrel's own transport.</param>
internal sealed class ReopenableListenerFactory(SocketTransportFactory sockets) : IConnectionListenerFactory
{
    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new ReopenableListener(sockets, await sockets.BindAsync(endpoint, cancellationToken));
        if (endpoint is ArmEndPoint port)
        {
            port.Listener = listener;
        }

        return listener;
    }
}
