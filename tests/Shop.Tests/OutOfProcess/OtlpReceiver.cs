using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Shop.Tests.OutOfProcess;

/// <summary>Takes traces as a collector does, over OTLP/HTTP or OTLP/gRPC, and keeps what it understood.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    // Compressed flag and length of a gRPC message (gRPC over HTTP/2, "Length-Prefixed-Message").
    private const int GrpcPrefixLength = 5;

    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public ConcurrentQueue<OtlpRequest> Requests { get; } = new();

    public IReadOnlyList<OtlpSpan> Spans => [.. Requests.SelectMany(request => request.Spans)];

    public static async Task<OtlpReceiver> StartAsync(HttpProtocols protocol)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = protocol));
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.Run(context => protocol == HttpProtocols.Http2 ? receiver.TakeGrpcAsync(context) : receiver.TakeHttpAsync(context));
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeHttpAsync(HttpContext context)
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        var body = await ReadAsync(context);
        Keep(context, encoding, encoding == "gzip" ? Unzip(body) : body);
        context.Response.ContentType = "application/x-protobuf";
    }

    private async Task TakeGrpcAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        var message = body[GrpcPrefixLength..];
        Keep(context, context.Request.Headers["grpc-encoding"].ToString(), body[0] == 1 ? Unzip(message) : message);
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[GrpcPrefixLength], context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private void Keep(HttpContext context, string encoding, byte[] body) => Requests.Enqueue(new OtlpRequest(
        context.Request.Path,
        encoding,
        context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        OtlpSpan.ReadAll(body)));

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private static byte[] Unzip(byte[] body)
    {
        using var plain = new MemoryStream();
        using var zipped = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        zipped.CopyTo(plain);
        return plain.ToArray();
    }
}
