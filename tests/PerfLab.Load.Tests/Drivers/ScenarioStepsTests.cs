using PerfLab.Load.Drivers;
using PerfLab.Load.Feeds;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Servers;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests.Drivers;

public sealed class ScenarioStepsTests
{
    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Steps_follow_each_other_with_the_same_row(DriverKind kind)
    {
        using var server = new PathServer();
        var users = DataFeed.Generated("users", new Dictionary<string, FieldGenerator> { ["id"] = new FieldGenerator.Sequence(1) }, 3, 1);
        using var driver = Driver(server, kind, [users], Scenario("buy", 1, "/login/{{id}}", "/cart/{{id}}", "/pay/{{id}}"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var recorder = new LatencyRecorder();

        var result = driver.RunOpen(ArrivalSchedule.Constant(100, TimeSpan.FromSeconds(0.04)), recorder, limit.Token);

        Assert.Equal(["/login/1", "/cart/1", "/pay/1", "/login/2", "/cart/2", "/pay/2", "/login/3", "/cart/3", "/pay/3", "/login/1", "/cart/1", "/pay/1"], server.Seen);
        Assert.Equal(12, result.AnsweredCount);
        Assert.Equal(result.OfferedCount, result.StartedCount);
        Assert.Equal(12, recorder.ResponseTime!.Count);
        // Four iterations have a place in the schedule.
        Assert.Equal(4, recorder.StartLateness!.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_iteration_ends_at_its_first_error(DriverKind kind)
    {
        using var server = new PathServer();
        using var driver = Driver(server, kind, null, Scenario("broken", 1, "/a", "/missing", "/never"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var result = driver.RunClosed(ClosedLoad.ForIterations(1, 3), new LatencyRecorder(), limit.Token);

        Assert.Equal(["/a", "/missing", "/a", "/missing", "/a", "/missing"], server.Seen);
        Assert.Equal(3, result.AnsweredCount);
        Assert.Equal(3, result.Errors["unexpected_status"]);
        Assert.Equal(6, result.StartedCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Scenarios_are_weighted_by_iterations(DriverKind kind)
    {
        using var server = new PathServer();
        using var driver = Driver(server, kind, null, Scenario("read", 3, "/read"), Scenario("write", 1, "/write", "/commit"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        driver.RunClosed(ClosedLoad.ForIterations(2, 40), new LatencyRecorder(), limit.Token);

        Assert.Equal(30, server.Seen.Count(path => path == "/read"));
        Assert.Equal(10, server.Seen.Count(path => path == "/write"));
        Assert.Equal(10, server.Seen.Count(path => path == "/commit"));
    }

    [Fact]
    public void A_scenario_without_steps_is_refused() => Assert.Contains(
        "scenario 'empty'",
        Assert.Throws<ArgumentException>(() => RequestMix.Create(new Uri("http://a"), [Scenario("empty", 1)], new RequestMixOptions(), 1)).Message,
        StringComparison.Ordinal);

    private static IRequestDriver Driver(PathServer server, DriverKind kind, IReadOnlyList<DataFeed>? feeds, params LoadScenario[] scenarios) => RequestDriverFactory.Create(
        server.Address,
        RequestMix.Create(server.Address, scenarios, new RequestMixOptions { Feeds = feeds }, 1),
        new DriverOptions { Kind = kind, MaxInFlight = 1, WhenBusy = BusyPolicy.Wait });

    private static LoadScenario Scenario(string name, double weight, params string[] paths) => new()
    {
        Name = name,
        Weight = weight,
        Steps = [.. paths.Select(path => Requests.Get(path))],
    };

    /// <summary>Remembers the paths that were asked for; one of them is missing.</summary>
    private sealed class PathServer : IDisposable
    {
        private readonly List<string> _seen = [];
        private readonly ScriptedServer _server;

        public PathServer() => _server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is { } request)
            {
                var path = request.Split(' ')[1];
                lock (_seen)
                {
                    _seen.Add(path);
                }

                await connection.Send(path == "/missing" ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" : Requests.Ok, stop);
            }
        });

        public Uri Address => _server.Address;

        public IReadOnlyList<string> Seen
        {
            get
            {
                lock (_seen)
                {
                    return [.. _seen];
                }
            }
        }

        public void Dispose() => _server.Dispose();
    }
}
