using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using PerfLab.Collector.Exports;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Transport;

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

    private static ReopenableListener ListenerOf(ArmEndPoint port) =>
        port.Listener ?? throw new InvalidOperationException("The port is not open yet. In the OTLP receiver. Start the host first.");

    private static Uri AddressOf(ReopenableListener listener)
    {
        var bound = (IPEndPoint)listener.EndPoint;
        return new UriBuilder(Uri.UriSchemeHttp, bound.Address.ToString(), bound.Port).Uri;
    }
}

/// <summary>A loopback port of an arm, chosen by the system, and the listener that Kestrel's transport puts on it.</summary>
internal sealed class ArmEndPoint() : IPEndPoint(IPAddress.Loopback, 0)
{
    /// <summary>Gets or sets the listener, once the port is open.</summary>
    public ReopenableListener? Listener { get; set; }
}

/// <summary>What the processes of an arm are told and no other user of the machine can know.</summary>
internal static class ArmToken
{
    /// <summary>The header that carries it over either transport; over HTTP the path may carry it too.</summary>
    public const string Header = "x-perflab-token";

    /// <summary>Draws a token that cannot be guessed.</summary>
    public static string Create() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Tells whether a request shows the token, and takes it out of the path.</summary>
    public static bool IsShown(HttpRequest request, string? token)
    {
        if (token is null)
        {
            return true;
        }

        if (request.Path.StartsWithSegments($"/{token}", StringComparison.Ordinal, out var rest))
        {
            request.Path = rest.HasValue ? rest : "/";
            return true;
        }

        return request.Headers[Header] == token;
    }
}

/// <summary>Marks a port's connections with the arm that the port belongs to.</summary>
internal static class ArmConnectionMiddleware
{
    /// <summary>Serves connections of one port.</summary>
    /// <param name="arm">The port's arm.</param>
    /// <param name="next">Kestrel's HTTP.</param>
    /// <param name="transport">What is spoken there.</param>
    public static ConnectionDelegate Create(ArmReceiver arm, ExportTransport transport, ConnectionDelegate next) => async connection =>
    {
        if (!arm.Connections.TryEnter(connection))
        {
            // Returning closes the connection, which a sender may try again.
            arm.Ledger.Explain(new RejectedExport(transport, null, ExportRejectionReason.NoRoom, string.Empty, 1));
            return;
        }

        try
        {
            connection.Features.Set(arm);
            if (await SpeaksOtherProtocolAsync(connection, transport))
            {
                arm.Ledger.Explain(new RejectedExport(transport, null, ExportRejectionReason.WrongProtocol, string.Empty, 1));
            }

            await next(connection);
        }
        finally
        {
            arm.Connections.Leave(connection);
        }
    };

    // Kestrel ends such a connection before it becomes a request. The bytes are looked at and left for it to read.
    private static async ValueTask<bool> SpeaksOtherProtocolAsync(ConnectionContext connection, ExportTransport transport)
    {
        try
        {
            var input = connection.Transport.Input;
            var read = await input.ReadAsync(connection.ConnectionClosed);
            var isHttp2 = StartsLikeHttp2(read.Buffer);
            var isEmpty = read.Buffer.IsEmpty;
            input.AdvanceTo(read.Buffer.Start);
            return !isEmpty && isHttp2 != (transport == ExportTransport.Grpc);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // Nothing was sent; Kestrel finds the connection closed.
            return false;
        }
    }

    // The preface of HTTP/2 is "PRI * HTTP/2.0" (RFC 9113, 3.4); no method of HTTP/1.1 that carries a body begins with PR.
    private static bool StartsLikeHttp2(in ReadOnlySequence<byte> buffer)
    {
        var first = buffer.FirstSpan;
        return first.Length > 0 && first[..Math.Min(first.Length, 3)].SequenceEqual("PRI"u8[..Math.Min(first.Length, 3)]);
    }
}
