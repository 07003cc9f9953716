using PerfLab.EndToEnd.Tests.Loads;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>What a scenario tells a service in confidence stands in no file of a run and on no screen.</summary>
public sealed class SecretsTests : IDisposable
{
    // Prints all that it is told, and answers only to who sends the secrets.
    private const string Talkative =
        """
        import base64, http.server, json, os, re, sys, urllib.parse
        print(dict(os.environ), sys.argv, flush=True)
        class Answer(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def do_GET(self):
                body = self.rfile.read(int(self.headers.get('Content-Length', 0))).decode()
                print(self.path, urllib.parse.unquote(self.path), dict(self.headers), body, json.dumps(body), flush=True)
                basic = self.headers.get('X-Upstream-Authorization')
                if basic: print(base64.b64decode(basic.split()[1]), flush=True)
                told = [str(dict(self.headers)), self.path, body, str(dict(os.environ)), str(sys.argv)]
                wanted = 9 if 'Session' in told[0] else 0
                known = len(set(re.findall('planted[a-z]+[0-9]', ' '.join(told)))) >= wanted - 1
                self.send_response(200 if known else 403)
                self.send_header('Content-Length', '0')
                self.end_headers()
            do_POST = do_GET
            def log_message(self, *rest): pass
        http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Answer).serve_forever()
        """;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private static readonly string[] s_planted =
    [
        "plantedheader1", "plantedbearer2", "plantedquery3", "plantedjson4", "planteddatabase5", "plantedurl6", "plantedoption7", "plantedcaller8", "plantedsession9",
        "plantedbasic0", "plantedready1", "plantedambient2", "planted/slash3", "planted%2Fslash3", "plantedform4", "plantedsource5", "plantedtraces6", "plantedtraces7",
    ];

    private readonly TemporaryFolder _folder = new();

    [Fact(DisableParallelization = true)]
    public async Task Planted_secrets_reach_the_service_and_stand_nowhere_else_and_the_run_can_be_resumed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "run.sh and the processes of these tests need Linux.");
        var file = WriteScenario();
        var results = Path.Combine(_folder.FullPath, "results");
        using var program = RunningProgram.Start(_folder.FullPath, Checkout.Script, ["scenario", file, "--results", results], Caller);
        await Await.UntilAsync(() => program.HasExited || Launches(results) >= 1, "the first launch set is kept");
        program.Signal("INT");
        var interrupted = await program.EndAsync(s_limit);
        Assert.True(interrupted.ExitCode == 105, interrupted.ToString());
        var run = new RunFolder(Assert.Single(Directory.GetDirectories(results)));

        var resumed = await RunningProgram.RunAsync(_folder.FullPath, Checkout.Script, ["scenario", file, "--results", results, "--resume", "latest"], s_limit, Caller);

        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.True(run.ReadOutcome()!.Completed);
        Assert.Contains("Bearer ${PLANTED}", await File.ReadAllTextAsync(run.PlanFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("***", await File.ReadAllTextAsync(run.PlanFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        AssertNowhere(interrupted.ToString(), "the first screen");
        AssertNowhere(resumed.ToString(), "the second screen");
        foreach (var written in Directory.EnumerateFiles(results, "*", SearchOption.AllDirectories))
        {
            AssertNowhere(await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken), written);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(written));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(run.Path));
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);

    [Fact]
    public async Task A_target_that_fails_with_its_secrets_in_its_last_words_shows_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "run.sh and the processes of these tests need Linux.");
        var file = WriteScenario("[sh, -c, 'env; exit 3']");
        var results = Path.Combine(_folder.FullPath, "results");

        var run = await RunningProgram.RunAsync(_folder.FullPath, Checkout.Script, ["scenario", file, "--results", results], s_limit, Caller);

        Assert.True(run.ExitCode == 107, run.ToString());
        AssertNowhere(run.ToString(), "the screen");
        foreach (var written in Directory.EnumerateFiles(results, "*", SearchOption.AllDirectories))
        {
            AssertNowhere(await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken), written);
        }
    }

    [Fact]
    public async Task A_load_test_writes_and_prints_no_secret_of_its_command()
    {
        await using var server = new AnsweringServer();
        string[] files = [.. new[] { "l.json", "l.xml", "l.csv", "l.svg" }.Select(name => Path.Combine(_folder.FullPath, name))];

        var run = await Cli.RunAsync(
            "load", server.Url + "?api_key=plantedquery3&x=planted%2Fslash3&signature=planted%2Fslash3", "--rate", "50", "--duration", "1s", "--threshold", "p(99)<0.001ms",
            "--header", "Authorization: Bearer plantedbearer2", "--header", "X-Api-Key: plantedheader1", "--header", "Cookie: sid=plantedsession9", "--body", """{"password":"plantedjson4"}""",
            "--json", files[0], "--junit", files[1], "--csv", files[2], "--chart", files[3]);

        Assert.True(run.ExitCode == 99, run.ToString());
        Assert.Contains("plantedbearer2", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("api_key=plantedquery3", server.LastRequest, StringComparison.Ordinal);
        AssertNowhere(run.ToString(), "the screen");
        foreach (var file in files)
        {
            AssertNowhere(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), file);
        }
    }

    [Theory]
    [InlineData("load", "ftp://user:plantedurl6@host/?api_key=plantedquery3", "--rate", "1")]
    [InlineData("load", "http://user:plantedurl6@host/?api_key=plantedquery3", "--rate", "1")]
    [InlineData("load", "http://plantedurl6@host/", "--rate", "1")]
    [InlineData("load", "http://127.0.0.1:1/?api_key=plantedquery3", "--rate", "1", "--header", "X-Api-Key plantedheader1")]
    [InlineData("load", "http://127.0.0.1:1/", "--rate", "1", "--header", "X-Key: plantedheader1", "--header", "X-Key: plantedheader1")]
    [InlineData("load", "http://127.0.0.1:1/", "--rate", "1", "--haeder", "Authorization: Bearer plantedbearer2")]
    [InlineData("load", "http://127.0.0.1:1/?api_key=plantedquery3#plantedurl6", "--rate", "1")]
    [InlineData("scenario", "smoke", "--forward", "ftp://user:plantedurl6@host/?api_key=plantedquery3")]
    [InlineData("scenario", "smoke", "--trace-ui", "http://user:plantedurl6@host/?api_key=plantedquery3")]
    public async Task A_command_that_is_refused_is_told_without_its_secrets(params string[] command)
    {
        var run = await Cli.RunAsync(command);

        Assert.True(run.ExitCode == 104, run.ToString());
        AssertNowhere(run.ToString(), "the screen");
    }

    [Fact]
    public async Task A_variable_that_the_caller_has_not_set_is_refused_with_its_line()
    {
        var file = WriteScenario();

        var run = await RunningProgram.RunAsync(_folder.FullPath, Checkout.Script, ["validate", file], s_limit, new Dictionary<string, string?> { ["PLANTED"] = null });

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains("PLANTED is not set", run.Error, StringComparison.Ordinal);
        Assert.Contains("(12,", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Dictionary<string, string?> Caller { get; } = new(Cli.Quickly) { ["PLANTED"] = "plantedcaller8", ["UNRELATED_API_TOKEN"] = "plantedambient2" };

    private static int Launches(string results) => Directory.Exists(results)
        ? Directory.GetDirectories(results).Select(run => Path.Combine(run, "launches")).Where(Directory.Exists).Sum(launches => Directory.GetDirectories(launches).Length)
        : 0;

    private static void AssertNowhere(string text, string where)
    {
        foreach (var planted in s_planted)
        {
            Assert.False(text.Contains(planted, StringComparison.Ordinal), $"{planted} stands in {where}.");
        }
    }

    private string WriteScenario(string command = "[python3, talkative.py, \"{port}\", --api-key, plantedoption7]")
    {
        _folder.Write("talkative.py", Talkative);
        return _folder.Write("secrets.yaml", $$"""
            scenario: secrets
            question: Does anything tell what it was told in confidence?
            target:
              command: {{command}}
              env: { DB_PASSWORD: planteddatabase5, UPSTREAM: "http://user:plantedurl6@127.0.0.1:1/", SOURCE: "Server=db;Password=plantedsource5;Port=1", OTEL_EXPORTER_OTLP_HEADERS: "x-tenant=plantedheader1,b=plantedheader1b", OTEL_EXPORTER_OTLP_TRACES_HEADERS: "x-a=plantedtraces6,authorization=Bearer%20plantedtraces7" }
              ready: { path: /health?token=plantedready1 }
              requests:
                - name: order
                  method: POST
                  path: /orders?api_key=plantedquery3
                  headers:
                    Authorization: "Bearer ${PLANTED}"
                    X-Session: "token=plantedsession9"
                  body: '{"password":"plantedjson4"}'
                - name: bearer
                  path: /orders
                  headers: { Authorization: Bearer plantedbearer2, X-Upstream-Authorization: Basic dXNlcjpwbGFudGVkYmFzaWMw, X-Key: planted/slash3 }
                - name: form
                  method: POST
                  path: /orders?x=1&signature=planted%2Fslash3
                  body: grant=x&client_secret=plantedform4
            load: { rate: 100/s }
            design: { launch_sets: 6, rounds: 2, slice: 100ms, warm_up: 500ms, budget: 2m }
            baseline: a
            variants:
              - { name: a, meaning: First., env: { OTEL_SDK_DISABLED: "true", SERVICE_TOKEN: "${PLANTED}" } }
            """);
    }
}
