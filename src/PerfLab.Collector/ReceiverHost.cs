using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PerfLab.Collector.Exports;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.Transport;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector;

/// <summary>
/// Kestrel on loopback with two ports per arm. It reads no configuration, logs nothing and leaves signals alone, since it is
/// a guest in another program's process.
/// </summary>
internal sealed class ReceiverHost : IAsyncDisposable
{
    private readonly WebApplication application;

    private ReceiverHost(WebApplication application, IReadOnlyDictionary<string, ArmPorts> ports)
    {
        this.application = application;
        Ports = ports;
    }

    /// <summary>Gets the ports by arm.</summary>
    public IReadOnlyDictionary<string, ArmPorts> Ports { get; }

    /// <summary>Gets what the host is made of.</summary>
    public IServiceProvider Services => application.Services;

    /// <summary>Starts listening.</summary>
    /// <param name="arms">The arms.</param>
    /// <param name="settings">Limits.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<ReceiverHost> StartAsync(
        IEnumerable<ArmReceiver> arms, ReceiverHostOptions settings, CancellationToken cancellationToken)
    {
        var ports = new Dictionary<string, ArmPorts>(StringComparer.Ordinal);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseSockets(options => options.IOQueueCount = 1);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel);
            foreach (var arm in arms)
            {
                ports[arm.Name] = new ArmPorts(Listen(kestrel, arm, HttpProtocols.Http1), Listen(kestrel, arm, HttpProtocols.Http2));
            }
        });
        AddServices(builder.Services, settings);

        var built = builder.Build();
        Route(built, settings);
        try
        {
            await built.StartAsync(cancellationToken);
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }

        return new ReceiverHost(built, ports);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
    }

    private static void AddServices(IServiceCollection services, ReceiverHostOptions settings)
    {
        services.AddSingleton<IMemoryPoolFactory<byte>, LargeBlockMemoryPoolFactory>();
        services.AddSingleton<SocketTransportFactory>();
        services.AddSingleton<IConnectionListenerFactory, ReopenableListenerFactory>();
        services.AddSingleton<IHostLifetime, NoSignalHostLifetime>();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.ShutdownTimeout);
        services.AddSingleton(new ExportHandler(settings.Limits));
        services.AddSingleton<FaultInjectingHandler>();
        services.AddSingleton<GrpcExportService>();
        services.AddSingleton<IServiceMethodProvider<GrpcExportService>, GrpcMethodProvider>();
        services.AddRouting();
        services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = settings.MaxGrpcMessageBytes;
            options.CompressionProviders = [new PassThroughGzipProvider()];
        });
    }

    private static void Route(WebApplication application, ReceiverHostOptions settings)
    {
        var overHttp = new HttpExportEndpoint(application.Services.GetRequiredService<FaultInjectingHandler>(), settings.Limits);
        var door = new GrpcAdmission(settings.Limits.ReadTimeout);
        application.Use((context, next) =>
        {
            var arm = context.Features.GetRequiredFeature<ArmReceiver>();
            return HttpProtocol.IsHttp2(context.Request.Protocol)
                ? door.HandleAsync(context, arm, next)
                : overHttp.HandleAsync(context, arm);
        });
        application.UseRouting();
        application.MapGrpcService<GrpcExportService>();
    }

    private static ArmEndPoint Listen(KestrelServerOptions kestrel, ArmReceiver arm, HttpProtocols protocol)
    {
        var port = new ArmEndPoint();
        kestrel.Listen(port, options =>
        {
            options.Protocols = protocol;
            options.Use(next => ArmConnectionMiddleware.Create(arm, protocol == HttpProtocols.Http2 ? ExportTransport.Grpc : ExportTransport.Http, next));
        });
        return port;
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // Bodies are bounded where they are read, per arm and with an answer as OTLP wants it.
        kestrel.Limits.MaxRequestBodySize = null;
    }
}

/// <summary>What the host needs to know.</summary>
internal sealed record ReceiverHostOptions
{
    /// <summary>Gets the limits of a body.</summary>
    public required BodyLimits Limits { get; init; }

    /// <summary>Gets the largest gRPC message as sent.</summary>
    public required int MaxGrpcMessageBytes { get; init; }

    /// <summary>Gets how long open requests may take to end when the host stops.</summary>
    public required TimeSpan ShutdownTimeout { get; init; }
}

/// <summary>Replaces the console lifetime: the program around the receiver owns the signals and the console.</summary>
internal sealed class NoSignalHostLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
