using System.Globalization;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Nights;

/// <summary>A repository with commits of a small service, whose cost is in its source, and the policy that gates it.</summary>
internal sealed class GatedRepository : IDisposable
{
    private static readonly TimeSpan s_gitLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder of the test: the repository lies in it.</summary>
    public string Path => _folder.FullPath;

    /// <summary>The folder of runs.</summary>
    public string Results => System.IO.Path.Combine(Path, "results");

    private string Repository => System.IO.Path.Combine(Path, "service");

    /// <summary>Creates the repository with a first commit.</summary>
    public static async Task<GatedRepository> CreateAsync(double milliseconds)
    {
        var created = new GatedRepository();
        Directory.CreateDirectory(created.Repository);
        await created.GitAsync("init", "--quiet", "--initial-branch=main");
        await created.CommitAsync(milliseconds);
        return created;
    }

    /// <summary>Commits the service with another cost of CPU time in each request.</summary>
    /// <param name="milliseconds">The cost.</param>
    /// <param name="faulty">A line of Python that is run before the service listens.</param>
    public async Task CommitAsync(double milliseconds, string faulty = "pass")
    {
        _folder.Write("service/server.py", Source
            .Replace("COST", (milliseconds / 1000).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("FAULTY", faulty, StringComparison.Ordinal));
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "--message", "cost");
    }

    /// <summary>Writes the policy.</summary>
    /// <param name="build">A shell command; $1 is the folder for what it makes.</param>
    public string WritePolicy(string build = "cp server.py \"$1\"")
    {
        _folder.Write("orders.yaml", """
            scenario: orders
            question: What does a request cost?
            target:
              command: [python3, server.py, "{port}"]
              env: { OTEL_SDK_DISABLED: "true" }
              ready: { path: /health, timeout: 20s }
              requests: [ { name: home, path: / } ]
            load: { rate: 100/s }
            design: { launch_sets: 6, rounds: 8, slice: 50ms, warm_up: 200ms, warm_up_limit: 200ms, budget: 2m }
            baseline: off
            variants:
              - { name: off, meaning: No tracing. }
            """);
        return _folder.Write("perflab.gate.yaml", $$"""
            gate: orders
            scenario: orders.yaml
            repository: service
            build: [sh, -c, '{{build}}', build, "{build}"]
            command: [python3, "{build}/server.py", "{port}"]
            arms: [off]
            metrics: { cpu: { threshold: 20% } }
            """);
    }

    /// <summary>Starts a night of the last commit against the one before.</summary>
    public RunningProgram Start(string policy, params string[] more) => RunningProgram.Start(
        Path, Checkout.Script, ["nightly", "--policy", policy, "--baseline", "HEAD~1", "--budget", "90s", "--results", Results, .. more]);

    /// <summary>The lines of the history.</summary>
    public string[] History() => File.ReadAllLines(System.IO.Path.Combine(Results, "history", "orders.jsonl"));

    /// <summary>The checkouts that git knows.</summary>
    public async Task<string[]> WorktreesAsync() => (await GitAsync("worktree", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => _folder.Dispose();

    private async Task<string> GitAsync(params string[] arguments)
    {
        var git = await RunningProgram.RunAsync(Path, "git", ["-C", Repository, .. arguments], s_gitLimit);
        Assert.True(git.ExitCode == 0, git.ToString());
        return git.Output;
    }

    private const string Source = """
        import http.server, sys, time
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def do_GET(self):
                end = time.thread_time() + COST
                while self.path != "/health" and time.thread_time() < end:
                    pass
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")
            def log_message(self, *_):
                pass
        FAULTY
        http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
        """;
}
