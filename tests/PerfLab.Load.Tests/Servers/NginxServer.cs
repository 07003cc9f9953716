using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PerfLab.Load.Tests.Servers;

/// <summary>A real nginx on loopback with four ports: plain and gzip, few requests per connection, TLS, HTTP/2.</summary>
public sealed class NginxServer : IAsyncDisposable
{
    /// <summary>Requests that the second port answers on one connection.</summary>
    public const int KeepAliveRequests = 7;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-nginx-").FullName;
    private readonly int[] _ports = FreePorts(4);
    private Process? _process;

    private NginxServer()
    {
    }

    /// <summary>Gets why there is none; null when there is.</summary>
    public static string? WhyMissing { get; } = !OperatingSystem.IsLinux()
        ? "nginx is started as Linux starts it."
        : Find() is null
            ? "nginx is missing: the drivers' counts were not compared with its own. On Debian and Ubuntu: apt-get install nginx-light"
            : null;

    public Uri Plain => new($"http://127.0.0.1:{_ports[0]}");

    public Uri FewRequests => new($"http://127.0.0.1:{_ports[1]}");

    public Uri Tls => new($"https://127.0.0.1:{_ports[2]}");

    public Uri Http2 => new($"https://127.0.0.1:{_ports[3]}");

    public static async Task<NginxServer> StartAsync()
    {
        var server = new NginxServer();
        try
        {
            await server.BeginAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends nginx, which finishes what it has begun, and reads its access log: protocol, status and encoding of each request.</summary>
    public async Task<string[]> EndAsync()
    {
        using (var kill = Process.Start("kill", ["-QUIT", _process!.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync().WaitAsync(s_limit);
        }

        await _process.WaitForExitAsync().WaitAsync(s_limit);
        return await File.ReadAllLinesAsync(Path.Combine(_folder, "access.log"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().WaitAsync(s_limit);
        }

        _process?.Dispose();

        Directory.Delete(_folder, recursive: true);
    }

    private async Task BeginAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "www"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "www", "text"), string.Concat(Enumerable.Repeat("Hello, World! ", 500)));
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        using (var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1)))
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "cert.pem"), certificate.ExportCertificatePem());
            await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), key.ExportECPrivateKeyPem());
        }

        var file = Path.Combine(_folder, "nginx.conf");
        await File.WriteAllTextAsync(file, Configuration());
        _process = Process.Start(new ProcessStartInfo(Find()!, ["-p", _folder, "-c", file, "-e", Path.Combine(_folder, "error.log")]) { RedirectStandardError = true, UseShellExecute = false })!;
        var clock = Stopwatch.StartNew();
        while (!_ports.All(Answers))
        {
            if (_process.HasExited || clock.Elapsed > s_limit)
            {
                throw new InvalidOperationException($"nginx did not start: {(_process.HasExited ? await _process.StandardError.ReadToEndAsync() : "its ports are closed")}");
            }

            await Task.Delay(20);
        }
    }

    // Workers are of the user who owns the folder, and nothing is written outside of it.
    private string Configuration() => $$"""
        daemon off;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        worker_processes 1;
        pid nginx.pid;
        error_log error.log warn;
        events { worker_connections 256; }
        http {
          log_format requests '$server_protocol $status $sent_http_content_encoding';
          access_log access.log requests;
          client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
          default_type text/plain;
          gzip on;
          gzip_types text/plain;
          root {{_folder}}/www;
          ssl_certificate cert.pem;
          ssl_certificate_key key.pem;
          server { listen 127.0.0.1:{{_ports[0]}}; keepalive_requests 1000000; }
          server { listen 127.0.0.1:{{_ports[1]}}; keepalive_requests {{KeepAliveRequests}}; }
          server { listen 127.0.0.1:{{_ports[2]}} ssl; }
          server { listen 127.0.0.1:{{_ports[3]}} ssl http2; }
        }
        """;

    private static bool Answers(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // All held at the same time, so that they differ.
    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        return ports;
    }

    // It is a program of the administrator: not on everybody's PATH.
    private static string? Find() => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "nginx"))
        .FirstOrDefault(File.Exists);
}
