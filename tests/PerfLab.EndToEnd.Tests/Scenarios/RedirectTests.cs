using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>A service that redirects is told by the status and the target of the redirect, for its readiness and for its requests.</summary>
public sealed class RedirectTests : IDisposable
{
    // Redirects the paths that its second argument begins, and answers all others.
    private const string Redirecting =
        """
        import http.server, sys
        class Answer(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def do_GET(self):
                self.rfile.read(int(self.headers.get('Content-Length', 0)))
                redirects = self.path.startswith(sys.argv[2])
                self.send_response(307 if redirects else 200)
                if redirects: self.send_header('Location', sys.argv[3] + self.path)
                self.send_header('Content-Length', '0')
                self.end_headers()
            do_POST = do_GET
            def log_message(self, *rest): pass
        http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Answer).serve_forever()
        """;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("/health", "https://localhost:7001", "gave: status 307, a redirect to https://localhost:7001/health. The target redirects to HTTPS")]
    [InlineData("/health", "/v2", "gave: status 307, a redirect to /v2/health. Redirects are not followed")]
    [InlineData("/orders", "https://localhost:7001", "expected 200, got 307 to https://localhost:7001/orders: redirects are not followed, address the target itself with https://, or switch the service's redirection to HTTPS off")]
    [InlineData("/orders", "/v2", "expected 200, got 307 to /v2/orders: redirects are not followed, address the target itself")]
    public async Task The_status_and_the_target_of_the_redirect_are_named(string path, string target, string told)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of these tests need Linux.");
        _folder.Write("redirecting.py", Redirecting);
        var file = ScriptedTarget.Write(_folder, $"[python3, redirecting.py, \"{{port}}\", {path}, \"{target}\"]", readyTimeout: "3s");

        var run = await RunningProgram.RunAsync(
            _folder.FullPath, Environment.ProcessPath!, [Checkout.CommandLineProgram, "scenario", file, "--results", Path.Combine(_folder.FullPath, "results")], s_limit, Cli.Quickly);

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Empty(TargetProcesses.In(_folder));
    }

    public void Dispose() => _folder.Dispose();
}
