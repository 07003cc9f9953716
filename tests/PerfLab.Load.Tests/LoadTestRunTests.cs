using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;
using PerfLab.Load.Drivers;
using PerfLab.Load.Feeds;
using PerfLab.Load.LoadTests;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Drivers;
using PerfLab.Load.Tests.Servers;

namespace PerfLab.Load.Tests;

/// <summary>Load tests as the verb makes them, on real sockets.</summary>
public sealed class LoadTestRunTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_record_adds_up_and_its_seconds_add_up_to_it(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);

        var record = Run(Test(server.Address, "inject(100, 500ms), pause(100ms), keep_constant(2, 300ms)") with { Options = new DriverOptions { Kind = kind } });

        var counts = record.Counts;
        Assert.True(record.Completed);
        Assert.Equal(counts.Offered, counts.Started + counts.Dropped);
        Assert.Equal(counts.Started, counts.Answered + counts.Errors);
        Assert.Equal(0.9, record.WindowSeconds, tolerance: 1e-9);
        Assert.Equal(counts.Answered, record.Timeline.Sum(second => second.AnsweredCount));
        Assert.Equal(counts.Offered, record.Timeline.Sum(second => second.OfferedCount));
        Assert.Equal(record.Timeline.OrderBy(second => second.ElapsedSeconds), record.Timeline);
        Assert.InRange(record.Timeline[^1].ElapsedSeconds, 0.85, 60);
        Assert.Equal(kind == DriverKind.Sockets ? "sockets" : "httpclient", record.Setting.Driver);
        Assert.Null(record.OfferedPerSecond);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_open_loop_has_an_offered_rate_and_answers_within_its_window_alone_are_throughput(DriverKind kind)
    {
        // Every answer takes longer than the window is, so none comes within it.
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is not null)
            {
                await Task.Delay(400, stop);
                await connection.Send(Requests.Ok, stop);
            }
        });

        var record = Run(Test(server.Address, "inject(50, 300ms)") with { Options = new DriverOptions { Kind = kind } });

        Assert.Equal(50, record.OfferedPerSecond!.Value, tolerance: 1e-6);
        Assert.Equal(15, record.Counts.Answered);
        Assert.Equal(0, record.Counts.AnsweredInWindow);
        Assert.Equal(0, record.AnsweredPerSecond);
    }

    [Fact]
    public void A_warm_up_is_sent_and_not_measured()
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        var steps = new Steps();

        var record = Run(Test(server.Address, "pause(10ms), inject(100, 200ms)") with { WarmUp = TimeSpan.FromMilliseconds(300) }, steps);

        Assert.Equal(20, record.Counts.Offered);
        Assert.Equal(30, steps.Seen.Where(step => step.IsWarmUp).Sum(step => step.Second.OfferedCount));
        Assert.Equal(20, record.Timeline.Sum(second => second.OfferedCount));
        Assert.Equal(0.3, record.Setting.WarmUpSeconds);
    }

    [Fact]
    public void An_interrupted_load_is_measured_until_then()
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var stop = new CancellationTokenSource();
        var steps = new Steps { Stop = stop };

        var record = Run(Test(server.Address, "inject(200, 10m)") with { Options = new DriverOptions { ProgressInterval = TimeSpan.FromMilliseconds(100) } }, steps, stop.Token);

        Assert.False(record.Completed);
        Assert.InRange(record.WindowSeconds, 0.05, 60);
        Assert.InRange(record.Counts.Offered, 1, (200 * record.WindowSeconds) + 1);
        Assert.Equal(record.Counts.Started / record.WindowSeconds, record.AchievedPerSecond!.Value, tolerance: 1e-6);
    }

    [Fact]
    public void Thresholds_are_judged_by_what_was_measured_and_a_slow_target_fails_them()
    {
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is not null)
            {
                await Task.Delay(50, stop);
                await connection.Send(Requests.Ok, stop);
            }
        });

        var record = Run(Test(server.Address, "iterations_for_inject(50, 10)"), thresholds: ["p(99)<40", "p(50)>=40ms", "count==10", "dropped==0", "late(p(99))<1h".Replace("1h", "60s", StringComparison.Ordinal), "rate<1%"]);

        Assert.Equal(
            [LoadThresholdOutcome.Failed, LoadThresholdOutcome.Passed, LoadThresholdOutcome.Passed, LoadThresholdOutcome.Passed, LoadThresholdOutcome.Passed, LoadThresholdOutcome.Passed],
            record.Thresholds.Select(threshold => threshold.Outcome));
        Assert.All(record.Thresholds, threshold => Assert.NotNull(threshold.Value));
    }

    [Fact]
    public void What_was_not_measured_passes_no_threshold()
    {
        using var server = ScriptedServer.Answering("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");

        var record = Run(Test(server.Address, "iterations_for_constant(1, 3)"), thresholds: ["p(99)<200", "late(max)<1", "rate<1%"]);

        Assert.Equal(
            [LoadThresholdOutcome.NotMeasured, LoadThresholdOutcome.NotMeasured, LoadThresholdOutcome.Failed],
            record.Thresholds.Select(threshold => threshold.Outcome));
        Assert.Equal(3, record.Errors["unexpected_status"]);
        Assert.Null(record.ResponseTime);
    }

    [Fact]
    public void Dropped_starts_and_a_closed_loop_are_findings()
    {
        using var silent = new ScriptedServer((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop));
        using var server = ScriptedServer.Answering(Requests.Ok);

        var dropped = Run(Test(silent.Address, "inject(100, 100ms)") with { Options = new DriverOptions { MaxInFlight = 2, DrainLimit = TimeSpan.Zero } });
        var closed = Run(Test(server.Address, "iterations_for_constant(1, 3)"));

        Assert.Equal(8, dropped.Counts.Dropped);
        Assert.Contains(dropped.Findings, finding => finding.Code == "starts-dropped");
        Assert.Contains(closed.Findings, finding => finding.Code == "closed-loop");
        Assert.Contains(closed.Findings, finding => finding.Code == "few-answers");
    }

    [Fact]
    public void Feeds_fill_the_path()
    {
        var seen = new List<string>();
        using var server = ScriptedServer.OfPaths(seen);
        var test = Test(new Uri(server.Address, "/"), "iterations_for_constant(1, 3)", "/orders/{{id}}");

        Run(test with { Feeds = [FeedSyntax.Generate(["id=sequence(7)"], seed: 1)] });

        Assert.Equal(["/orders/7", "/orders/8", "/orders/9"], seen);
    }

    [Fact]
    public async Task Nobody_listening_is_told_before_any_load()
    {
        using var closed = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        var address = new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)closed.LocalEndpoint).Port}");
        closed.Stop();

        var error = await Assert.ThrowsAsync<IOException>(() => LoadTestRun.Prepare(Test(address, "inject(1, 1s)")).CheckReachabilityAsync(TestContext.Current.CancellationToken).WaitAsync(s_limit, TestContext.Current.CancellationToken));

        Assert.Contains(address.Authority, error.Message, StringComparison.Ordinal);
        Assert.Contains("Start the service", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Requests_of_different_names_have_numbers_of_their_own_that_add_up(DriverKind kind)
    {
        // One is slow, one fails, and the server counts itself.
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is { } request)
            {
                var path = request.Split(' ')[1];
                seen.AddOrUpdate(path, 1, (_, count) => count + 1);
                await Task.Delay(path == "/slow" ? 100 : 0, stop);
                await connection.Send(path == "/broken" ? "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n" : Drivers.Requests.Ok, stop);
            }
        });
        RequestDefinition[] requests =
        [
            Drivers.Requests.Get("/fast", weight: 2) with { Name = "fast" },
            Drivers.Requests.Get("/slow") with { Name = "slow" },
            Drivers.Requests.Get("/broken") with { Name = "broken" },
        ];

        var record = Run(
            Test(server.Address, "inject(80, 1s)") with { Requests = requests, Options = new DriverOptions { Kind = kind }, WarmUp = TimeSpan.FromMilliseconds(1) },
            steps: null,
            CancellationToken.None,
            "p(50){slow}>=90ms", "errors{broken}<1%", "rate{fast}<1%", "count{fast}==40");

        Assert.Equal([("fast", 40L), ("slow", 20L), ("broken", 20L)], record.Requests.Select(request => (request.Name, request.Offered)));
        Assert.Equal([40L, 20L, 0L], record.Requests.Select(request => request.Answered));
        Assert.Equal([0L, 0L, 20L], record.Requests.Select(request => request.Errors));
        Assert.Equal(record.Counts.Answered, record.Requests.Sum(request => request.ResponseTime?.Count ?? 0));
        Assert.InRange(seen["/fast"], 40, 41);

        // The server's timer counts in steps of up to 4 ms.
        Assert.True(record.Requests[1].ResponseTime!.Spectrum[0].Seconds >= 0.09, "the slow ones are slow");
        Assert.Null(record.Requests[2].ResponseTime);
        Assert.Equal(
            [LoadThresholdOutcome.Passed, LoadThresholdOutcome.Failed, LoadThresholdOutcome.Passed, LoadThresholdOutcome.Passed],
            record.Thresholds.Select(threshold => threshold.Outcome));
        Assert.Contains("share of errors of 'broken' 100 %", record.Thresholds[1].Sentence, StringComparison.Ordinal);
        Assert.Equal("expected 200, got 502", record.ErrorExamples["unexpected_status"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_unexpected_status_is_named_with_the_expected_one_and_the_target_of_a_redirect_without_its_query(DriverKind kind)
    {
        using var server = ScriptedServer.Answering("HTTP/1.1 307 Temporary Redirect\r\nLocation: https://orders.example/v2?key=secret\r\nContent-Length: 0\r\n\r\n");

        var record = Run(Test(server.Address, "inject(20, 100ms)") with { Options = new DriverOptions { Kind = kind } });

        Assert.Equal(2, record.Counts.Errors);
        Assert.StartsWith("expected 200, got 307 to https://orders.example/v2: redirects are not followed", record.ErrorExamples["unexpected_status"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_name_has_its_own_errors_by_kind_and_breakdowns_of_one_mix_add_up(DriverKind kind)
    {
        // The service answers what is asked for with a query, closes the connection on another, and knows nothing of a third.
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is { } request && !request.Contains("/gone", StringComparison.Ordinal))
            {
                await connection.Send(request.Contains("/good", StringComparison.Ordinal) ? Requests.Ok : "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", stop);
            }
        });
        var test = Test(server.Address, "iterations_for_inject(100, 30)") with
        {
            Requests = [Requests.Get("/good") with { Name = "good" }, Requests.Get("/bad") with { Name = "bad" }, Requests.Get("/gone") with { Name = "gone" }],
            Options = new DriverOptions { Kind = kind },
        };

        var requests = Run(test).Requests;

        Assert.Equal([10L, 10L, 10L], requests.Select(request => request.Offered));
        Assert.Equal([10L, 0L, 0L], requests.Select(request => request.Answered));
        Assert.Empty(requests[0].ErrorsByKind);
        Assert.Equal(("unexpected_status", 10L), requests[1].ErrorsByKind.Select(error => (error.Key, error.Value)).Single());
        Assert.Equal(10, requests[2].ErrorsByKind.Values.Sum());
        Assert.DoesNotContain("unexpected_status", requests[2].ErrorsByKind.Keys);
    }

    internal static LoadTest Test(Uri address, string simulations, string path = "/") => new()
    {
        Address = LoadTestAddress.Parse($"http://{address.Authority}{path}"),
        Requests = [Drivers.Requests.Get(path)],
        Check = null,
        Feeds = [],
        Simulations = LoadSimulationSyntax.Parse(simulations),
        WarmUp = TimeSpan.Zero,
        Seed = 20261123,
        Options = new DriverOptions(),
        Cores = null,
    };

    // On a thread of its own, as the verb does it: the generator changes the thread that it runs on.
    internal static LoadTestRecord Run(LoadTest test, Steps? steps = null, CancellationToken cancellationToken = default, params string[] thresholds)
    {
        LoadTestMeasurement? measurement = null;
        var thread = new Thread(() => measurement = LoadTestRun.Prepare(test).Execute(steps ?? new Steps(), cancellationToken)) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(s_limit), "the load did not end");
        return LoadTestRecordBuilder.Build(test, measurement!, [.. thresholds.Select(Threshold.Parse)]);
    }

    internal sealed class Steps : IProgress<LoadTestProgress>
    {
        private readonly List<LoadTestProgress> _seen = [];

        public CancellationTokenSource? Stop { get; init; }

        public IReadOnlyList<LoadTestProgress> Seen => _seen;

        public void Report(LoadTestProgress value)
        {
            _seen.Add(value);
            Stop?.Cancel();
        }
    }
}
