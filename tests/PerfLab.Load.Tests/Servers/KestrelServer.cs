using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PerfLab.Load.Tests.Servers;

/// <summary>ASP.NET Core's own server on loopback: plaintext HTTP/1.1, plaintext HTTP/2, and TLS with both.</summary>
public sealed class KestrelServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate;

    private KestrelServer(WebApplication application, X509Certificate2 certificate)
    {
        _application = application;
        _certificate = certificate;
        var addresses = application.Urls.ToArray();
        Plain = Loopback(addresses[0]);
        PlainHttp2 = Loopback(addresses[1]);
        Tls = Loopback(addresses[2]);
    }

    public Uri Plain { get; }

    public Uri PlainHttp2 { get; }

    public Uri Tls { get; }

    public static async Task<KestrelServer> Start()
    {
        var certificate = Certificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        var application = builder.Build();
        application.MapGet("/text", () => "Hello");
        application.MapGet("/empty", () => Results.NoContent());
        application.MapGet("/missing", () => Results.NotFound());
        application.MapGet("/chunked", async (HttpContext context) =>
        {
            for (var i = 0; i < 5; i++)
            {
                await context.Response.WriteAsync(new string('x', 1000));
                await context.Response.Body.FlushAsync();
            }
        });
        application.MapGet("/large", () => Results.Bytes(new byte[300_000]));
        application.MapGet("/close", (HttpContext context) =>
        {
            context.Response.Headers.Connection = "close";
            return "bye";
        });
        application.MapPost("/echo", async (HttpContext context) => await context.Request.Body.CopyToAsync(context.Response.Body));
        application.MapMethods("/head", ["HEAD"], (HttpContext context) => context.Response.ContentLength = 12345);
        await application.StartAsync();
        return new KestrelServer(application, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
        _certificate.Dispose();
    }

    private static Uri Loopback(string address) => new(address);

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
