using System.Globalization;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>Targets start with the tools of BusyBox and of old systems, and with a proxy in the shell.</summary>
public sealed class StartToolTests : IDisposable
{
    // As BusyBox 1.35 has them: no --pdeathsig, and a mask only.
    private const string SetPriv = "#!/bin/sh\ncase $1 in --pdeathsig) echo \"setpriv: unrecognized option '$1'\" >&2; exit 1;; esac\nexec \"$@\"\n";
    private const string TaskSet = "#!/bin/sh\ncase $1 in -*) echo \"taskset: invalid option\" >&2; exit 1;; esac\nexec REAL \"$@\"\n";

    // Answers with what it was started with.
    private const string Service = """
        import http.server, os, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = repr((sorted(os.sched_getaffinity(0)), os.environ.get("NO_PROXY"), os.environ.get("no_proxy"))).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def log_message(self, *arguments): pass
        http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;
    private readonly Dictionary<string, string?> _before = [];

    [Fact]
    public async Task A_setpriv_without_the_option_is_left_out_and_a_taskset_without_lists_places_the_target()
    {
        SkipUnlessThere("python3", "taskset");
        var core = CpuPlacement.AllowedProcessors()![^1];
        var tools = Directory.CreateDirectory(Path.Combine(_folder, "tools")).FullName;
        foreach (var (name, text) in new[] { ("setpriv", SetPriv), ("taskset", TaskSet.Replace("REAL", SystemTool.Find("taskset")!, StringComparison.Ordinal)) })
        {
            File.WriteAllText(Path.Combine(tools, name), text);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path.Combine(tools, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Set("PATH", $"{tools}:{Environment.GetEnvironmentVariable("PATH")}");

        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"([{core}]"), await StartAndAskAsync([core]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http_proxy", null, null, "127.0.0.1,localhost", "127.0.0.1,localhost")]
    [InlineData("HTTPS_PROXY", "intranet, .corp", null, "intranet,.corp,127.0.0.1,localhost", "intranet,.corp,127.0.0.1,localhost")]
    [InlineData("ALL_PROXY", "a", "b,localhost", "a,127.0.0.1,localhost", "b,localhost,127.0.0.1")]
    [InlineData("http_proxy", "*", null, "*", "*")]
    [InlineData("NO_SUCH", "a", null, "a", null)]
    public async Task A_proxy_of_the_shell_does_not_take_exports_away(string proxy, string? upper, string? lower, string expectedUpper, string? expectedLower)
    {
        SkipUnlessThere("python3");
        foreach (var name in (string[])["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"])
        {
            Set(name, null);
        }

        Set(proxy, "http://127.0.0.1:1");
        Set("NO_PROXY", upper);
        Set("no_proxy", lower);

        var answer = await StartAndAskAsync(cores: null);

        Assert.EndsWith($", '{expectedUpper}', {(expectedLower is null ? "None" : $"'{expectedLower}'")})", answer, StringComparison.Ordinal);
        Assert.Equal(
            proxy != "NO_SUCH",
            CallerEnvironment.Describe([proxy], hasProbe: false).Any(change => change.Rule == "NO_PROXY"));
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static void SkipUnlessThere(params string[] programs)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Starts programs as Linux has them.");
        Assert.SkipUnless(programs.All(program => SystemTool.Find(program) is not null), $"One of {string.Join(", ", programs)} is not installed.");
    }

    private void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    private async Task<string> StartAndAskAsync(IReadOnlyList<int>? cores)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{PortReservation.Take(1)[0]}"));
        using var launcher = new TargetLauncher(probeAssembly: null, _folder);
        await using var target = await launcher.StartAsync(
            new LaunchSpecification
            {
                Arm = "off",
                Process = "target",
                Command = ["python3", "-c", Service, address.Port.ToString(CultureInfo.InvariantCulture)],
                Environment = new Dictionary<string, string?>(),
                WorkingFolder = _folder,
                Address = address,
                ReadyPath = "/",
                ReadyTimeout = TimeSpan.FromSeconds(30),
                LogFile = Path.Combine(_folder, "target.log"),
                Cores = cores,
            },
            TestContext.Current.CancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return await http.GetStringAsync(address, TestContext.Current.CancellationToken);
    }
}
