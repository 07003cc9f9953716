using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shop.Tests.InMemory;

/// <summary>A service of somebody else on loopback that answers everything in one way and remembers the headers it got.</summary>
internal sealed class StandInService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StandInService(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public ConcurrentQueue<Dictionary<string, string>> Requests { get; } = new();

    /// <summary>Starts the service.</summary>
    /// <param name="status">The status of every answer.</param>
    /// <param name="body">The body of every answer.</param>
    /// <param name="release">Every answer waits for it; null answers at once.</param>
    /// <returns>The service, listening.</returns>
    public static async Task<StandInService> StartAsync(int status, string body, Task? release = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var service = new StandInService(app);
        app.Run(async context =>
        {
            service.Requests.Enqueue(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            await (release ?? Task.CompletedTask).WaitAsync(context.RequestAborted);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body, context.RequestAborted);
        });
        await app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
