using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>Real processes that listen and do not get ready: the message says what they answered and what to do.</summary>
public sealed class ReadinessTests : IDisposable
{
    // Answers every GET with a status and a Location; behind TLS if there is a certificate.
    private const string Server =
        """
        import http.server, os, ssl, sys
        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(int(sys.argv[2]))
                if sys.argv[3]: self.send_header('Location', sys.argv[3])
                self.send_header('Content-Length', '0')
                self.end_headers()
            def log_message(self, *rest): pass
        server = http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Answer)
        if len(sys.argv) > 4:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(sys.argv[4])
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.serve_forever()
        """;

    // Speaks HTTP/2 with prior knowledge and hangs up on everything else.
    private const string Http2Server =
        """
        import socket, sys
        listener = socket.create_server(('127.0.0.1', int(sys.argv[1])))
        while True:
            peer, _ = listener.accept()
            if peer.recv(3) == b'PRI': peer.sendall(bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
            peer.close()
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;
    private readonly TargetLauncher _launcher;

    public ReadinessTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Starts programs as Linux has them.");
        _launcher = new TargetLauncher(probeAssembly: null, _folder);
    }

    [Theory]
    [InlineData("307", "https://localhost:7001/health", "status 307, a redirect to https://localhost:7001/health", "redirects to HTTPS")]
    [InlineData("308", "HTTPS://shop.example/", "status 308, a redirect to HTTPS://shop.example/", "redirects to HTTPS")]
    [InlineData("302", "/health/ready", "status 302, a redirect to /health/ready", "name the path that answers itself")]
    [InlineData("301", "https://user:plantedpassword1@shop.example/?token=plantedtoken2", "***", "redirects to HTTPS")]
    [InlineData("503", "", "status 503", "Check target.ready")]
    [InlineData("404", "", "status 404", "Check target.ready")]
    public async Task The_status_and_the_target_of_a_redirect_are_named(string status, string location, string told, string advice)
    {
        var message = await StartAsync("python3", "-c", Server, "{port}", status, location);

        Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_speaks_TLS_alone_is_told_so()
    {
        var message = await StartAsync("python3", "-c", Server, "{port}", "200", "", WriteCertificate());

        Assert.Contains("speaks TLS (https)", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_listens_at_the_loopback_of_IPv6_alone_is_told_so()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "There is no IPv6 here.");

        var message = await StartAsync("python3", "-c", "import socket, sys, time; listener = socket.create_server(('::1', int(sys.argv[1])), family=socket.AF_INET6); time.sleep(60)", "{port}");

        Assert.Contains("It listens at [::1] alone (IPv6), and PerfLab asks 127.0.0.1", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_speaks_HTTP_2_alone_is_told_so()
    {
        var message = await StartAsync("python3", "-c", Http2Server, "{port}");

        Assert.Contains("speaks HTTP/2 alone", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", "exit code 3")]
    [InlineData("kill -SEGV $$", "SIGSEGV (exit code 139)")]
    [InlineData("kill -KILL $$", "SIGKILL (exit code 137)")]
    [InlineData("kill -ABRT $$", "SIGABRT (exit code 134)")]
    public async Task A_target_that_ends_before_it_is_ready_is_told_by_exit_code_or_signal_and_its_last_words(string end, string told)
    {
        var message = await StartAsync("sh", "-c", $"echo last words; {end}");

        Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.Contains("last words", message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _launcher.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> StartAsync(params string[] command)
    {
        var port = PortReservation.Take(1)[0].ToString(CultureInfo.InvariantCulture);
        var error = await Assert.ThrowsAsync<TargetFailedException>(() => _launcher.StartAsync(
            new LaunchSpecification
            {
                Arm = "off",
                Process = "target",
                Command = [.. command.Select(word => word.Replace("{port}", port, StringComparison.Ordinal))],
                Environment = new Dictionary<string, string?>(StringComparer.Ordinal),
                WorkingFolder = _folder,
                Address = new Uri($"http://127.0.0.1:{port}"),
                ReadyPath = "/health",
                ReadyTimeout = TimeSpan.FromSeconds(3),
                LogFile = Path.Combine(_folder, "target.log"),
                Cores = null,
            },
            TestContext.Current.CancellationToken));
        return error.Message;
    }

    private string WriteCertificate()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var file = Path.Combine(_folder, "certificate.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return file;
    }
}
