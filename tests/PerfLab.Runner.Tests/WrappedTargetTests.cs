using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PerfLab.Experiments.Results;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Tests;

/// <summary>A service in Node.js that burns a known CPU time for each request, started directly and by programs that start others.</summary>
public sealed class WrappedTargetTests : IDisposable
{
    private const int Requests = 200;
    private const double BurnSecondsPerRequest = 0.002;

    private const string Server = """
        const http = require('http');
        const burn = Number(process.env.BURN_US || 0);
        http.createServer((request, response) => {
          if (request.url !== '/health') {
            const start = process.cpuUsage();
            for (let used = 0; used < burn; ) {
              const usage = process.cpuUsage(start);
              used = usage.user + usage.system;
            }
          }
          response.end('ok');
        }).listen(Number(process.argv[2]), '127.0.0.1');
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pl-").FullName;
    private readonly TargetLauncher _launcher;
    private readonly HttpClient _http = new();
    private readonly int _port = PortReservation.Take(1)[0];

    public WrappedTargetTests()
    {
        _launcher = new TargetLauncher(probeAssembly: null, _folder);
        File.WriteAllText(Path.Combine(_folder, "server.js"), Server);
        File.WriteAllText(Path.Combine(_folder, "package.json"), """{"name":"served","version":"1.0.0","scripts":{"start":"node server.js"}}""");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string PortText => _port.ToString(CultureInfo.InvariantCulture);

    public static TheoryData<string> Wrappers => ["node", "bash", "npm"];

    [Theory]
    [MemberData(nameof(Wrappers))]
    public async Task A_service_is_charged_what_it_burns_whoever_started_it(string wrapper)
    {
        SkipUnlessThere("node", wrapper);

        var idle = await CpuSecondsPerRequestAsync(wrapper, burnSeconds: 0);
        var busy = await CpuSecondsPerRequestAsync(wrapper, BurnSecondsPerRequest);

        // What a request costs beside the burned time varies on a busy machine by some tenths of a millisecond.
        Assert.InRange(busy - idle, BurnSecondsPerRequest * 0.8, BurnSecondsPerRequest * 1.3);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("npm")]
    public async Task The_programs_of_a_service_are_told_apart_and_the_one_that_serves_has_used_the_time(string wrapper)
    {
        SkipUnlessThere("node", wrapper);
        await using var target = await _launcher.StartAsync(Specification(wrapper, BurnSecondsPerRequest), Cancellation);
        target.Readings.Read();
        var before = target.Readings.ReadPrograms().Sum(program => program.CpuSeconds);
        var opening = target.Readings.ReadPrograms().ToDictionary(program => program.Program, program => program.CpuSeconds, StringComparer.Ordinal);

        await SendAsync(Requests);

        target.Readings.Read();
        var programs = target.Readings.ReadPrograms();
        var node = programs.Single(program => program.Program == "node");

        Assert.True(programs.Sum(program => program.ProcessCount) > 1, string.Join(", ", programs));
        Assert.InRange(node.CpuSeconds - opening["node"], Requests * BurnSecondsPerRequest * 0.95, programs.Sum(program => program.CpuSeconds) - before + 1e-6);
    }

    [Fact]
    public async Task A_wrapped_service_leaves_no_process_and_may_finish_its_own_shutdown()
    {
        SkipUnlessThere("node", "bash");
        File.WriteAllText(Path.Combine(_folder, "server.js"), Server + """

            process.on('SIGTERM', () => setTimeout(() => {
              require('fs').writeFileSync(__dirname + '/flushed', '');
              process.exit(0);
            }, 300));
            """);
        ProcessIdentity[] members;
        await using (var target = await _launcher.StartAsync(Specification("bash", burnSeconds: 0), Cancellation))
        {
            var tree = new TrackedProcessTree(target.ProcessId, mark: null);
            tree.Refresh();
            members = [.. tree.Members];
        }

        Assert.True(members.Length > 1, "The shell started the service.");
        Assert.True(File.Exists(Path.Combine(_folder, "flushed")), "The service had the time to end by itself.");
        Assert.False(ProcessTree.AnyAlive(members), "Nothing of it may be left.");
    }

    [Fact]
    public async Task A_port_that_answers_for_another_program_is_not_the_target_being_ready()
    {
        SkipUnlessThere("node", "bash");
        await using var other = await _launcher.StartAsync(Specification("node", burnSeconds: 0), Cancellation);

        // It would answer on another port, and waits.
        var error = await Assert.ThrowsAsync<TargetFailedException>(() => _launcher.StartAsync(
            Specification("bash", burnSeconds: 0) with { Command = ["bash", "-c", "sleep 20"], LogFile = Path.Combine(_folder, "second.log") },
            Cancellation));

        Assert.True(error.IsPortTaken);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"port {_port} belongs to node ({other.ProcessId})"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_ends_because_its_port_is_in_use_lost_the_port()
    {
        SkipUnlessThere("node", "bash");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        socket.Listen();

        var error = await Assert.ThrowsAsync<TargetFailedException>(() => _launcher.StartAsync(Specification("node", burnSeconds: 0), Cancellation));

        Assert.True(error.IsPortTaken, error.Message);
    }

    public void Dispose()
    {
        _launcher.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void SkipUnlessThere(params string[] programs)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the kernel's clocks.");
        foreach (var program in programs)
        {
            Assert.SkipUnless(SystemTool.Find(program) is not null, $"{program} is not installed.");
        }
    }

    private async Task<double> CpuSecondsPerRequestAsync(string wrapper, double burnSeconds)
    {
        await using var target = await _launcher.StartAsync(Specification(wrapper, burnSeconds), Cancellation);
        Assert.Equal(ReadingSourceName.Proc, target.Readings.Name);
        await SendAsync(Requests);
        var before = target.Readings.Read().CpuSeconds!.Value;
        await SendAsync(Requests);
        return (target.Readings.ReadFull().Reading.CpuSeconds!.Value - before) / Requests;
    }

    private async Task SendAsync(int count)
    {
        for (var request = 0; request < count; request++)
        {
            using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{PortText}/work"), Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private LaunchSpecification Specification(string wrapper, double burnSeconds) => new()
    {
        Arm = "off",
        Process = "target",
        Command = wrapper switch
        {
            "bash" => ["bash", "-c", $"node server.js {PortText} & wait"],
            "npm" => ["npm", "--prefix", _folder, "start", "--", PortText],
            _ => ["node", "server.js", PortText],
        },
        Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["BURN_US"] = (burnSeconds * 1e6).ToString(CultureInfo.InvariantCulture) },
        WorkingFolder = _folder,
        Address = new Uri($"http://127.0.0.1:{PortText}"),
        ReadyPath = "/health",
        ReadyTimeout = TimeSpan.FromSeconds(20),
        LogFile = Path.Combine(_folder, "target.log"),
        Cores = null,
    };
}
