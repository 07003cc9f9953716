using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PerfLab.MicroBenchmarks;

/// <summary>A receiver of exports in a process of its own, so that what it allocates and computes is in no figure. It reads everything and answers at once.</summary>
internal sealed class NullReceiver : IDisposable
{
    /// <summary>The argument with which this program is the receiver.</summary>
    public const string Argument = "receiver";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private NullReceiver(Process process, Uri http, Uri grpc)
    {
        _process = process;
        Http = http;
        Grpc = grpc;
    }

    /// <summary>Gets its address for OTLP over HTTP/1.1.</summary>
    public Uri Http { get; }

    /// <summary>Gets its address for OTLP over gRPC.</summary>
    public Uri Grpc { get; }

    /// <summary>Starts it.</summary>
    /// <exception cref="InvalidOperationException">It did not begin to listen.</exception>
    public static NullReceiver Start()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(NullReceiver).Assembly.Location, Argument]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;

        // A process that says nothing is ended, which ends the reading too.
        using var limit = new Timer(_ => process.Kill(), null, s_limit, Timeout.InfiniteTimeSpan);
        if (process.StandardOutput.ReadLine()?.Split(' ') is not [var http, var grpc])
        {
            process.Kill();
            process.Dispose();
            throw new InvalidOperationException("The null receiver did not begin to listen. What it said stands above.");
        }

        return new NullReceiver(process, new Uri(http), new Uri(grpc));
    }

    /// <summary>Is the receiver, until standard input ends: whoever started it holds the other end, and it closes however that process ends.</summary>
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Console.WriteLine(string.Join(' ', addresses));
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(s_limit))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        if (context.Request.ContentType != "application/grpc")
        {
            return;
        }

        // An empty ExportTraceServiceResponse: a frame that is not compressed, of no bytes, and the status in the trailers.
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", 0.ToString(CultureInfo.InvariantCulture));
    }
}
