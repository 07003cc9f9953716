using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary><c>init</c> with a real service in each state in which somebody may bring one.</summary>
public sealed class InitTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();

    // What a failed init keeps, the service's output, is kept in there. Sockets have room for a short path only.
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("init-");

    [Fact]
    public async Task A_service_that_follows_the_variables_gets_a_scenario_that_can_be_run()
    {
        SkipWithoutPython();
        var file = Path.Combine(_folder.FullPath, "orders.yaml");

        var run = await InitAsync("--command", "python3 service.py 8123 good", "--url", "http://127.0.0.1:8123/health", "--request", "list=GET /orders 3", "--request", "one=GET /orders/1", "--rate", "50", "--output", file);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("{port} in place of the address's port", run.Output, StringComparison.Ordinal);
        Assert.Contains("Python", run.Output, StringComparison.Ordinal);
        Assert.Contains("not available for this runtime", run.Output, StringComparison.Ordinal);
        Assert.Contains("list: 20 of 20 answered; one: 20 of 20 answered", run.Output, StringComparison.Ordinal);
        Assert.Contains("40 spans in 40 traces from 40 requests, beside 300 spans of its start-up", run.Output, StringComparison.Ordinal);
        Assert.Contains("no span arrived with OTEL_SDK_DISABLED=true", run.Output, StringComparison.Ordinal);
        Assert.Contains("of 200 traces at a ratio of 50 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("99.9 % interval", run.Output, StringComparison.Ordinal);
        Assert.Contains($"./run.sh scenario {file}", run.Output, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains("command: [python3, service.py, \"{port}\", good]", text, StringComparison.Ordinal);
        Assert.Contains("rate: 50/s", text, StringComparison.Ordinal);
        Assert.Contains("name: ratio-10", text, StringComparison.Ordinal);
        var valid = await Cli.RunAsync("validate", file);
        Assert.True(valid.ExitCode == 0, valid.ToString());

        var again = await InitAsync("--command", "python3 service.py 8123 good", "--url", "http://127.0.0.1:8123/health", "--output", file);
        Assert.Equal(104, again.ExitCode);
        Assert.Contains("--force", again.Error, StringComparison.Ordinal);
        AssertNothingRuns();
    }

    [Fact]
    public async Task An_operation_of_a_document_that_fails_is_named_and_left_out()
    {
        SkipWithoutPython();
        _folder.Write("api.json", """
            { "openapi": "3.0.0", "paths": {
                "/orders": { "get": { "operationId": "list", "responses": { "200": {} } } },
                "/nowhere": { "get": { "operationId": "lost", "responses": { "200": {} } } } } }
            """);
        var file = Path.Combine(_folder.FullPath, "orders.yaml");

        var run = await InitAsync("--command", "python3 service.py {port} good", "--url", "http://127.0.0.1:8123/health", "--openapi", "api.json", "--output", file);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("limited requests   list: 20 of 20 answered\n", run.Output, StringComparison.Ordinal);
        Assert.Matches("lost: 0 of 1 answered as expected .*404", run.Output);
        Assert.Contains(" in 20 traces from 20 requests", run.Output, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("name: list", text, StringComparison.Ordinal);
        Assert.DoesNotContain("lost", text, StringComparison.Ordinal);
        AssertNothingRuns();
    }

    [Fact]
    public async Task Credentials_of_a_command_of_curl_are_not_in_the_file_which_only_its_user_can_read()
    {
        SkipWithoutPython();
        _folder.Write("requests.sh", "curl -u alice:hunter2 -b sid=hunter2 -H 'X-Anything: unknown' http://a/orders");
        var file = Path.Combine(_folder.FullPath, "orders.yaml");

        var run = await InitAsync("--command", "python3 service.py {port} good", "--url", "http://127.0.0.1:8123/health", "--curl", "requests.sh", "--output", file);

        Assert.True(run.ExitCode == 0, run.ToString());
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("Basic ${ORDERS_AUTHORIZATION}", text, StringComparison.Ordinal);
        Assert.Contains("${ORDERS_COOKIE}", text, StringComparison.Ordinal);
        Assert.Matches("X-Anything: \"?unknown", text);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Contains("set ORDERS_AUTHORIZATION to USER:PASSWORD in base64", run.Output, StringComparison.Ordinal);
        Assert.Contains("set ORDERS_COOKIE to the value of the header Cookie", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Output, StringComparison.Ordinal);
        Assert.True(!OperatingSystem.IsWindows() && File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task A_service_that_wants_a_login_gets_one_for_each_of_its_processes()
    {
        SkipWithoutPython();
        var file = Path.Combine(_folder.FullPath, "orders.yaml");
        string[] service = ["--command", "python3 service.py {port} login", "--url", "http://127.0.0.1:8123/health", "--request", "list=GET /orders", "--rate", "50", "--output", file];

        var refused = await InitAsync(service);
        var run = await InitAsync([.. service, "--login", "curl -d 'user=a' http://127.0.0.1:8123/login", "--login-token", "data.token"]);

        Assert.True(refused.ExitCode == 104, refused.ToString());
        Assert.Contains("401", refused.Output, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("list: 20 of 20 answered", run.Output, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("Bearer {{token}}", text, StringComparison.Ordinal);
        Assert.Contains("    token: data.token\n", text, StringComparison.Ordinal);
        var valid = await Cli.RunAsync("validate", file);
        Assert.True(valid.ExitCode == 0, valid.ToString());
        AssertNothingRuns();
    }

    [Theory]
    [InlineData("deaf", "/orders", "sampler and exporter are wired in code", "OTEL_SDK_DISABLED")]
    [InlineData("fixed", "/orders", "it listens at port", "os.environ.get(\"PORT\"")]
    [InlineData("good", "/nowhere", "other: 0 of 1 answered as expected", "--expect")]
    [InlineData("dying", "/orders", "exit code 7", "run the command by hand")]
    public async Task What_the_user_has_to_change_is_told_and_nothing_is_written(string mode, string path, string problem, string change)
    {
        SkipWithoutPython();
        var file = Path.Combine(_folder.FullPath, "service.yaml");

        var run = await InitAsync("--command", $"python3 service.py {(mode == "fixed" ? "0" : "{port}")} {mode}", "--url", "http://127.0.0.1:8123/health", "--request", $"other=GET {path}", "--output", file);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains("FAILED", run.Output, StringComparison.Ordinal);
        Assert.Contains(problem, run.Output, StringComparison.Ordinal);
        Assert.Contains(change, run.Output, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(_temporary.GetDirectories("perflab-init-*")).FullName, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        AssertNothingRuns();
    }

    [Fact]
    public async Task Ctrl_C_leaves_no_service_and_no_file()
    {
        SkipWithoutPython();
        _folder.Write("service.py", Service);
        using var program = RunningProgram.Start(
            _folder.FullPath, System.Environment.ProcessPath!,
            [Checkout.CommandLineProgram, "init", "--command", "python3 service.py {port} good", "--url", "http://127.0.0.1:8123/health", "--output", Path.Combine(_folder.FullPath, "service.yaml")],
            Environment());
        await Await.UntilAsync(() => Services().Length > 0, "the service starts");

        program.Signal("INT");
        var run = await program.EndAsync(s_limit);

        Assert.True(run.ExitCode == 105, run.ToString());
        Assert.False(File.Exists(Path.Combine(_folder.FullPath, "service.yaml")));
        AssertNothingRuns();
    }

    [Fact]
    public async Task All_errors_of_a_command_are_told_at_once_and_nothing_is_started()
    {
        var run = await InitAsync("--command", "node app.js | tee log", "--url", "https://127.0.0.1:1/", "--env", "NAME", "--rate", "0", "--name", "My Api", "--request", "orders /orders", "--directory", "none");

        Assert.Equal(104, run.ExitCode);
        foreach (var option in new[] { "--command", "--url", "--env", "--rate", "--name", "--request", "--directory" })
        {
            Assert.Contains(option, run.Error, StringComparison.Ordinal);
        }

        var missing = await InitAsync();
        Assert.Equal(104, missing.ExitCode);
        Assert.Contains("--url http://127.0.0.1:5000/health", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_of_a_file_are_checked_before_anything_is_started()
    {
        _folder.Write("requests.sh", "curl http://a/ -H 'X-Name: é'\ncurl -X BREW http://a/\ncurl -H 'a b: c' http://a/x");

        var run = await InitAsync("--command", "node app.js", "--url", "http://127.0.0.1:5000/", "--curl", "requests.sh", "--method", "POST", "--body", "x", "--request", "a=GET /");

        Assert.True(run.ExitCode == 104, run.ToString());
        foreach (var told in new[] { "Leave --method out", "Leave --body out", "Leave --request out", "request get.headers.X-Name", "request brew.method", "request get-x.headers.a b" })
        {
            Assert.Contains(told, run.Error, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("--body-file out", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000//127.0.0.1:18777/health")]
    [InlineData("http://127.0.0.1:5000/\\\\127.0.0.1:18777/health")]
    public async Task A_path_that_leads_to_another_host_is_104(string url)
    {
        var run = await InitAsync("--command", "node app.js", "--url", url);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains("(--url)", run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _temporary.Delete(recursive: true);
    }

    private static void SkipWithoutPython()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The service is found again in /proc.");
        Assert.SkipUnless((System.Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "python3"))), "python3 is not installed.");
    }

    private Task<ProgramResult> InitAsync(params string[] arguments)
    {
        _folder.Write("service.py", Service);
        return RunningProgram.RunAsync(_folder.FullPath, System.Environment.ProcessPath!, [Checkout.CommandLineProgram, "init", .. arguments], s_limit, Environment());
    }

    private Dictionary<string, string?> Environment() => new() { ["TMPDIR"] = _temporary.FullName };

    private void AssertNothingRuns() => Assert.Empty(Services());

    // The folder of the test is the working folder of its services and of nothing else that is called like them.
    private string[] Services() => [.. Directory.EnumerateDirectories("/proc")
        .Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0]) && CommandOf(process).Contains("service.py", StringComparison.Ordinal) && FolderOf(process) == _folder.FullPath && !CommandOf(process).Contains("perflab.dll", StringComparison.Ordinal))];

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static string? FolderOf(string process)
    {
        try
        {
            return new DirectoryInfo(Path.Combine(process, "cwd")).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // service.py PORT MODE: one span for each request but GET /health, and 300 of its start-up. good follows the variables, deaf none
    // of them; fixed listens at a port of its own; dying ends at the first request; login wants a token that each process has of its own.
    private const string Service = """
        import http.server, json, os, random, secrets, sys, time, urllib.request
        mode = sys.argv[2]
        sampler = os.environ.get("OTEL_TRACES_SAMPLER", "parentbased_always_on")
        share = 1.0 if mode == "deaf" or sampler.endswith("always_on") else 0.0 if sampler.endswith("always_off") else float(os.environ.get("OTEL_TRACES_SAMPLER_ARG", "1"))
        off = mode != "deaf" and (os.environ.get("OTEL_SDK_DISABLED") == "true" or os.environ.get("OTEL_TRACES_EXPORTER") == "none")
        url = os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"].rstrip("/") + "/v1/traces"
        token = secrets.token_hex(16)
        def span(start):
            return {"traceId": secrets.token_hex(16), "spanId": secrets.token_hex(8), "name": "GET", "kind": 2,
                    "startTimeUnixNano": str(start), "endTimeUnixNano": str(time.time_ns())}
        def export(spans):
            body = json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": spans}]}]}).encode()
            urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "application/json"}), timeout=5).read()
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def do_GET(self):
                if self.path != "/health" and mode == "dying":
                    os._exit(7)
                start = time.time_ns()
                if mode == "login" and self.path != "/health" and self.headers.get("Authorization") != "Bearer " + token:
                    return self.answer(401, b"no")
                if self.path != "/health" and not off and random.random() < share:
                    export([span(start)])
                self.answer(404 if self.path == "/nowhere" else 200, b"ok")
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.answer(200, json.dumps({"data": {"token": token}}).encode())
            def answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def log_message(self, *_): pass
        if not off and share > 0:
            export([span(time.time_ns()) for _ in range(300)])
        http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
        """;
}
