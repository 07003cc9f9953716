using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry;
using OpenTelemetry.Trace;
using PerfLab.Experiments.Results;
using Shop.Tracing;

namespace PerfLab.MicroBenchmarks;

/// <summary>
/// The spans that libraries and Shop write: a request through ASP.NET Core and through HttpClient, without a socket, so that what
/// the instrumentation adds is not lost in the costs of the network; and Shop's spans of statements and messages.
/// </summary>
internal static class InstrumentationLayers
{
    private const string Server = "aspnetcore";
    private const string Client = "httpclient";

    private static readonly Uri s_broker = new("amqp://127.0.0.1:5672/");

    /// <summary>Gets the layers.</summary>
    public static IReadOnlyList<Layer> All { get; } =
    [
        Request($"{Server}/no-sdk", Layer.Nothing, () => Serve(null, null)),
        Request($"{Server}/always-off", $"{Server}/no-sdk", () => Serve(new AlwaysOffSampler(), null)),
        Request($"{Server}/recorded", $"{Server}/no-sdk", () => Serve(new AlwaysOnSampler(), null)),
        Request($"{Server}/called-no-sdk", Layer.Nothing, () => Serve(null, "00")),
        Request($"{Server}/called-always-off", $"{Server}/called-no-sdk", () => Serve(new AlwaysOffSampler(), "00")),
        Request($"{Server}/called-recorded", $"{Server}/called-no-sdk", () => Serve(new AlwaysOnSampler(), "01")),
        Request($"{Client}/no-sdk", Layer.Nothing, () => Call(null, Caller(ActivityTraceFlags.None))),
        Request($"{Client}/always-off", $"{Client}/no-sdk", () => Call(new AlwaysOffSampler(), Caller(ActivityTraceFlags.None))),
        Request($"{Client}/recorded", $"{Client}/no-sdk", () => Call(new AlwaysOnSampler(), Caller(ActivityTraceFlags.Recorded))),
        Own("shop/database-span", static () => DatabaseSpans.Start("SELECT", "products", "SELECT sku, name, stock FROM products WHERE sku = @sku")?.Dispose()),
        Own("shop/send-span", static () => MessagingSpans.StartSend("rabbitmq", s_broker, "orders", "42", 230)?.Dispose()),
        Own("shop/process-span", static () => MessagingSpans.StartProcess("rabbitmq", s_broker, "orders", 230, default, isLink: false)?.Dispose()),
    ];

    private static Layer Request(string name, string over, Func<LayerOperation> create) => new(name, over, create) { Unit = LayerUnit.Request };

    private static Layer Own(string name, Action invoke) => new(name, Layer.Nothing, () => new LayerOperation(
        invoke,
        Sdk.CreateTracerProviderBuilder().AddSource(DatabaseSpans.SourceName, MessagingSpans.SourceName).SetSampler(new AlwaysOnSampler()).Build()));

    private static LayerOperation Serve(Sampler? sampler, string? callerFlags)
    {
        var provider = sampler is null ? null : Sdk.CreateTracerProviderBuilder().AddAspNetCoreInstrumentation().SetSampler(sampler).Build();
        var server = new InMemoryServer();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();

        // Where something logs, ASP.NET Core makes an activity for each request, with or without an SDK; so it is in Shop.
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<IServer>(server);
        var app = builder.Build();
        app.MapPost("/orders", static (HttpContext _) => Task.CompletedTask);
        app.Start();
        return new LayerOperation(() => server.Serve(callerFlags is null ? null : $"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-{callerFlags}"), provider is null ? [app] : [app, provider]);
    }

    private static Activity Caller(ActivityTraceFlags flags)
    {
        var caller = new Activity("caller").SetParentId(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags);
        caller.ActivityTraceFlags = flags;
        caller.IsAllDataRequested = flags == ActivityTraceFlags.Recorded;

        // Running, because a stopped activity is never the current one; each call makes it current for its own time.
        caller.Start();
        Activity.Current = null;
        return caller;
    }

    // Within the activity of a request, as Shop calls: ASP.NET Core makes one for its log also where there is no SDK.
    private static LayerOperation Call(Sampler? sampler, Activity caller)
    {
        var provider = sampler is null ? null : Sdk.CreateTracerProviderBuilder().AddHttpClientInstrumentation().SetSampler(sampler).Build();
        var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = static (_, _) => ValueTask.FromResult<Stream>(new AnsweringStream()) });
        var address = new Uri("http://inventory.example/reservations");
        return new LayerOperation(
            () =>
            {
                Activity.Current = caller;
                using (var request = new HttpRequestMessage(HttpMethod.Get, address))
                using (client.Send(request))
                {
                }

                Activity.Current = null;
            },
            provider is null ? [client] : [client, provider]);
    }

    /// <summary>A server without a network: it hands requests to the application and drops the responses.</summary>
    private sealed class InMemoryServer : IServer
    {
        private Func<IFeatureCollection, Task>? _process;

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public void Serve(string? traceParent)
        {
            var context = new DefaultHttpContext();
            context.Request.Method = "POST";
            context.Request.Scheme = "http";
            context.Request.Host = new HostString("127.0.0.1", 5000);
            context.Request.Path = "/orders";
            context.Request.Protocol = "HTTP/1.1";
            if (traceParent is not null)
            {
                context.Request.Headers.TraceParent = traceParent;
            }

            // Nothing waits on the way, so the request is served when this returns.
            if (!_process!(context.Features).IsCompletedSuccessfully || context.Response.StatusCode != StatusCodes.Status200OK)
            {
                throw new InvalidOperationException($"The request was answered with {context.Response.StatusCode}: what was measured is not a request.");
            }
        }

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull
        {
            _process = async features =>
            {
                var context = application.CreateContext(features);
                await application.ProcessRequestAsync(context);
                application.DisposeContext(context, null);
            };
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }

    /// <summary>A connection whose other side answers every request at once with 204.</summary>
    private sealed class AnsweringStream : Stream
    {
        private static readonly byte[] s_response = Encoding.ASCII.GetBytes("HTTP/1.1 204 No Content\r\n\r\n");

        private int _answers;
        private TaskCompletionSource? _arrival;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(Span<byte> buffer)
        {
            _answers--;
            s_response.CopyTo(buffer);
            return s_response.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        // The connection reads ahead, also without a buffer; it goes on in the very call that writes the request, so no thread is changed.
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_answers == 0)
            {
                _arrival = new TaskCompletionSource();
                await _arrival.Task;
            }

            return buffer.Length == 0 ? 0 : Read(buffer.Span);
        }

        // The headers of a request without a body are one write.
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _answers++;
            var arrival = _arrival;
            _arrival = null;
            arrival?.SetResult();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
