using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using Shop.Services;
using Shop.Tracing;

namespace Shop.Tests.InMemory;

/// <summary>
/// The whole shop inside the test process. It listens on loopback, because the client spans and the header between
/// services come from SocketsHttpHandler, which the in-memory server's handler bypasses.
/// </summary>
internal sealed class ShopUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly EnvironmentScope _environment;
    private readonly Factory _factory;

    private ShopUnderTest(IReadOnlyDictionary<string, string> variables)
    {
        // Unless the test says otherwise spans go to its memory and nowhere else.
        _environment = new EnvironmentScope(new Dictionary<string, string>(StringComparer.Ordinal) { ["OTEL_TRACES_EXPORTER"] = "none" }
            .Concat(variables).GroupBy(variable => variable.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal));
        _factory = new Factory(Exported);
        _factory.UseKestrel();
        _factory.StartServer();
        var address = Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

        // Without a propagator the handler makes no span, as a caller that does not trace.
        Client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(address) };
        Ledger = new SpanLedgerReader();
    }

    /// <summary>Gets a client of the shop that makes no spans of its own.</summary>
    public HttpClient Client { get; }

    /// <summary>Gets what the shop's own meter says.</summary>
    public SpanLedgerReader Ledger { get; }

    /// <summary>Gets the services of the shop's process.</summary>
    public IServiceProvider Services => _factory.Services;

    // Written by the thread of the batch processor; read only after ForceFlush has waited for it.
    private List<Activity> Exported { get; } = [];

    /// <summary>Starts a shop with all services.</summary>
    /// <param name="variables">Environment variables.</param>
    /// <returns>The shop, listening.</returns>
    public static ShopUnderTest Start(params (string Name, string Value)[] variables) =>
        new(variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal));

    /// <summary>Posts an order.</summary>
    /// <param name="order">The body.</param>
    /// <param name="headers">More headers.</param>
    /// <returns>The answer.</returns>
    public async Task<HttpResponseMessage> PostAsync(object order, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = JsonContent.Create(order) };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var limit = new CancellationTokenSource(Limit);
        return await Client.SendAsync(request, limit.Token);
    }

    /// <summary>
    /// Waits until the sampler was asked this often and all that it took has reached the exporter. A server span ends
    /// only after its answer is on the way, so the last ones come in late.
    /// </summary>
    /// <param name="startedCount">Spans that the requests so far must have started, sampled or not.</param>
    /// <returns>The spans that reached the exporter.</returns>
    public async Task<IReadOnlyList<Activity>> SpansAsync(int startedCount)
    {
        var provider = Services.GetRequiredService<TracerProvider>();
        var waited = Stopwatch.StartNew();
        while (true)
        {
            Assert.True(provider.ForceFlush((int)Limit.TotalMilliseconds));
            var ledger = Ledger.Read();
            if (ledger.Started >= startedCount && Exported.Count >= ledger.Sampled)
            {
                Assert.Equal(startedCount, ledger.Started);
                Assert.Equal(ledger.Sampled, Exported.Count);
                return [.. Exported];
            }

            Assert.True(waited.Elapsed < Limit, $"{ledger.Started} of {startedCount} spans started, {Exported.Count} of {ledger.Sampled} sampled ones exported.");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Ledger.Dispose();
        Client.Dispose();
        await _factory.DisposeAsync();
        await WaitUntilGoneAsync();
        _environment.Dispose();
        Sdk.SetDefaultTextMapPropagator(new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]));
    }

    /// <summary>The entry point's own thread takes part in the clean-up and may still be at it when the factory is done.</summary>
    private static async Task WaitUntilGoneAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            using var ledger = new SpanLedgerReader();
            if (!ShopActivitySource.Source.HasListeners() && !ledger.HasInstrument)
            {
                return;
            }

            Assert.True(waited.Elapsed < Limit, "The shop still traces after its end.");
            await Task.Delay(10);
        }
    }

    private sealed class Factory(List<Activity> exported) : WebApplicationFactory<OrderRequest>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
            .UseSetting("urls", "http://127.0.0.1:0")

            // The factory's own way to set the address contradicts the shop's, and the server says so each time.
            .ConfigureLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error))
            .ConfigureTestServices(services => services.ConfigureOpenTelemetryTracerProvider(tracing =>
                tracing.AddProcessor(new BatchActivityExportProcessor(new InMemoryExporter<Activity>(exported)))));
    }
}
