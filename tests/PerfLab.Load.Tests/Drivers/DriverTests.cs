using System.Diagnostics;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Servers;

namespace PerfLab.Load.Tests.Drivers;

public sealed class DriverTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_start_of_a_schedule_is_answered_and_recorded(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind, new DriverOptions { MaxInFlight = 1000 });
        using var limit = new CancellationTokenSource(Limit);
        var recorder = new LatencyRecorder();

        var result = driver.RunOpen(ArrivalSchedule.Constant(400, TimeSpan.FromSeconds(0.5)), recorder, limit.Token);

        Assert.Equal(200, result.Counts.Offered);
        Assert.Equal(200, result.Counts.Started);
        Assert.Empty(result.Errors);
        Assert.Equal(200, result.Counts.Answered);
        Assert.Equal(0, result.Counts.Dropped);
        Assert.Equal(0.5, result.ScheduledSeconds);
        Assert.False(result.WasCancelled);
        Assert.NotNull(result.GeneratorCpuSeconds);
        Assert.Equal(200, recorder.ResponseTime!.Count);
        Assert.Equal(200, recorder.ServiceTime!.Count);
        Assert.Equal(200, recorder.StartLateness!.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_schedule_takes_at_least_until_its_last_start(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind);
        using var limit = new CancellationTokenSource(Limit);

        var result = driver.RunOpen(ArrivalSchedule.Constant(10, TimeSpan.FromSeconds(0.3)), new LatencyRecorder(), limit.Token);

        Assert.Equal(3, result.Counts.Answered);
        Assert.True(result.ElapsedSeconds >= 0.2, $"the last start is at 0.2 s, not before {result.ElapsedSeconds} s");
    }

    // One start at 0 and none at all: the rest of the schedule has nothing to wait for but its end.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_run_that_lasts_its_schedule_sleeps_until_its_end(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind, new DriverOptions { LastsItsSchedule = true });
        using var limit = new CancellationTokenSource(Limit);
        foreach (var (rate, starts) in new[] { (2.0, 1L), (0.1, 0L) })
        {
            var clock = Stopwatch.StartNew();

            var result = driver.RunOpen(ArrivalSchedule.Constant(rate, TimeSpan.FromSeconds(0.6)), new LatencyRecorder(), limit.Token);

            Assert.Equal((starts, starts), (result.Counts.Offered, result.Counts.Answered));
            Assert.True(clock.Elapsed.TotalSeconds >= 0.6, $"it was over after {clock.Elapsed.TotalSeconds} s");

            // Of HttpClient it is that of all tests that run meanwhile.
            Assert.True(kind != DriverKind.Sockets || result.GeneratorCpuSeconds < 0.1, $"it used {result.GeneratorCpuSeconds} s of processor time to wait");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_run_that_lasts_its_schedule_ends_when_it_is_cancelled(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind, new DriverOptions { LastsItsSchedule = true });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(0.2));
        var clock = Stopwatch.StartNew();

        var result = driver.RunOpen(ArrivalSchedule.Constant(0.01, TimeSpan.FromMinutes(2)), new LatencyRecorder(), limit.Token);

        Assert.True(result.WasCancelled);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), $"it went on for {clock.Elapsed}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_durations_are_ordered(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind);
        using var limit = new CancellationTokenSource(Limit);
        var recorder = new LatencyRecorder();

        driver.RunOpen(ArrivalSchedule.Constant(200, TimeSpan.FromSeconds(0.5)), recorder, limit.Token);

        // Response time is service time plus lateness, request by request, so it holds for the means.
        var response = recorder.ResponseTime!.MeanSeconds;
        Assert.Equal(response, recorder.ServiceTime!.MeanSeconds + recorder.StartLateness!.MeanSeconds, tolerance: 1e-6);
        Assert.True(recorder.ServiceTime.MeanSeconds > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Starts_above_the_bound_are_dropped_and_counted(DriverKind kind)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is not null)
            {
                await release.Task.WaitAsync(stop);
                await connection.Send(Requests.Ok, stop);
            }
        });
        using var driver = Requests.Driver(server.Address, kind, new DriverOptions { MaxInFlight = 4 });
        using var limit = new CancellationTokenSource(Limit);
        var recorder = new LatencyRecorder();
        var schedule = ArrivalSchedule.Constant(100, TimeSpan.FromSeconds(0.2));

        // Nothing is answered before every start of the schedule has passed.
        using var timer = new Timer(_ => release.TrySetResult(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        var result = driver.RunOpen(schedule, recorder, limit.Token);

        Assert.Equal(20, result.Counts.Offered);
        Assert.Equal(4, result.Counts.Started);
        Assert.Equal(16, result.Counts.Dropped);
        Assert.Equal(4, result.Counts.Answered);
        Assert.Equal(4, recorder.ResponseTime!.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_unanswered_at_the_drain_limit_is_a_timeout(DriverKind kind)
    {
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            await connection.ReadRequest(stop);
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        });
        using var driver = Requests.Driver(server.Address, kind, new DriverOptions { DrainLimit = TimeSpan.FromMilliseconds(100) });
        using var limit = new CancellationTokenSource(Limit);

        var result = driver.RunOpen(ArrivalSchedule.Constant(50, TimeSpan.FromSeconds(0.1)), new LatencyRecorder(), limit.Token);

        Assert.Equal(5, result.Counts.Started);
        Assert.Equal(0, result.Counts.Answered);
        Assert.Equal(5, result.Errors["request_timeout"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_request_that_takes_too_long_is_a_timeout_and_the_next_one_goes_on(DriverKind kind)
    {
        var count = 0;
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is not null)
            {
                if (Interlocked.Increment(ref count) > 1)
                {
                    await connection.Send(Requests.Ok, stop);
                }
            }
        });
        using var driver = Requests.Driver(server.Address, kind, new DriverOptions { RequestTimeout = TimeSpan.FromSeconds(1) });
        using var limit = new CancellationTokenSource(Limit);

        var result = driver.RunOpen(ArrivalSchedule.Constant(10, TimeSpan.FromSeconds(1.5)), new LatencyRecorder(), limit.Token);

        Assert.Equal(1, result.Errors["request_timeout"]);
        Assert.Equal(14, result.Counts.Answered);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cancelling_returns_what_was_measured(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var result = driver.RunOpen(ArrivalSchedule.Constant(100, TimeSpan.FromMinutes(10)), new LatencyRecorder(), cancel.Token);

        Assert.True(result.WasCancelled);
        Assert.InRange(result.Counts.Offered, 1, 59_999);
        Assert.Equal(result.Counts.Started, result.Counts.Answered + result.Counts.Errors);
        Assert.Equal(result.Counts.Offered, result.Counts.Started + result.Counts.Dropped);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_closed_loop_keeps_to_its_connections(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind);
        using var limit = new CancellationTokenSource(Limit);
        var recorder = new LatencyRecorder();

        var result = driver.RunClosed(3, TimeSpan.FromSeconds(0.3), recorder, limit.Token);

        Assert.True(result.Counts.Answered > 3);
        Assert.Empty(result.Errors);
        Assert.Equal(result.Counts.Started, result.Counts.Answered);
        Assert.Equal(3, server.AcceptedCount);
        Assert.Equal(result.Counts.Answered, recorder.ServiceTime!.Count);
        Assert.Null(recorder.StartLateness);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Connections_are_kept_from_run_to_run(DriverKind kind)
    {
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind);
        using var limit = new CancellationTokenSource(Limit);
        driver.RunClosed(1, TimeSpan.FromSeconds(0.05), new LatencyRecorder(), limit.Token);

        for (var run = 0; run < 5; run++)
        {
            // One at a time: the next start comes long after the last answer.
            var result = driver.RunOpen(ArrivalSchedule.Constant(10, TimeSpan.FromSeconds(0.1)), new LatencyRecorder(), limit.Token);
            Assert.Equal(1, result.Counts.Answered);
        }

        Assert.Equal(1, server.AcceptedCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_mix_sends_its_requests_in_their_proportions(DriverKind kind)
    {
        var counts = new int[2];
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is { } request)
            {
                Interlocked.Increment(ref counts[request.StartsWith("GET /rare ", StringComparison.Ordinal) ? 1 : 0]);
                await connection.Send(Requests.Ok, stop);
            }
        });
        using var driver = Requests.Driver(server.Address, kind, null, Requests.Get("/usual", weight: 3), Requests.Get("/rare", weight: 1));
        using var limit = new CancellationTokenSource(Limit);

        driver.RunOpen(ArrivalSchedule.Constant(400, TimeSpan.FromSeconds(0.2)), new LatencyRecorder(), limit.Token);

        // 80 requests are 20 whole decks of 4 cards.
        Assert.Equal([60, 20], counts);
    }
}
