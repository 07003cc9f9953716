using System.Net;
using System.Net.Sockets;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>Answers every tenth request with 500 and the others with 200, and counts them.</summary>
internal sealed class FailingServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<string> _requests = [];
    private readonly Lock _gate = new();

    public FailingServer()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    /// <summary>Gets method, path, type and body of each request.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public void Dispose()
    {
        _listener.Abort();
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync();
            int number;
            lock (_gate)
            {
                _requests.Add($"{context.Request.HttpMethod} {context.Request.RawUrl} {context.Request.ContentType} {body}".Trim());
                number = _requests.Count;
            }

            context.Response.StatusCode = number % 10 == 0 ? 500 : 200;
            context.Response.ContentLength64 = 2;
            await context.Response.OutputStream.WriteAsync("ok"u8.ToArray());
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The tool has closed the connection at the end of its window.
        }
    }
}
