using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Servers;

namespace PerfLab.Load.Tests.Drivers;

public sealed class SocketDriverTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public void Requests_allocate_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the driver 'sockets' needs Linux");
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, DriverKind.Sockets, new DriverOptions { MaxInFlight = 8, WhenBusy = BusyPolicy.Wait });
        var recorder = new LatencyRecorder();
        AllocatedByRun(driver, recorder, 500);

        var few = AllocatedByRun(driver, recorder, 100);
        var many = AllocatedByRun(driver, recorder, 5_000);

        // A run allocates a few objects of its own; 4,900 more requests add less than a byte each.
        Assert.InRange(many - few, -4_096, 4_096);
    }

    [Fact]
    public void A_closed_loop_allocates_nothing_per_request()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the driver 'sockets' needs Linux");
        using var server = ScriptedServer.Answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Some: header\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        using var driver = Requests.Driver(server.Address, DriverKind.Sockets);
        using var limit = new CancellationTokenSource(Limit);
        var recorder = new LatencyRecorder();
        driver.RunClosed(4, TimeSpan.FromSeconds(0.2), recorder, limit.Token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = driver.RunClosed(4, TimeSpan.FromSeconds(0.5), recorder, limit.Token);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(result.Counts.Answered > 100);
        Assert.InRange(allocated, 0, 8_192);
    }

    [Fact]
    public void A_name_with_several_addresses_reaches_the_one_that_listens()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the driver 'sockets' needs Linux");
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(new Uri($"http://localhost:{server.Address.Port}"), DriverKind.Sockets);
        using var limit = new CancellationTokenSource(Limit);

        Assert.Equal(10, driver.RunOpen(ArrivalSchedule.Constant(100, TimeSpan.FromSeconds(0.1)), new LatencyRecorder(), limit.Token).Counts.Answered);
    }

    [Fact]
    public void Requests_arrive_as_they_were_defined()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the driver 'sockets' needs Linux");
        string? seen = null;
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is { } request)
            {
                seen = request;
                await connection.Send(Requests.Ok, stop);
            }
        });
        var post = Requests.Get("/orders?x=1") with
        {
            Method = "POST",
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            Body = "{\"a\":\"\u00e4\"}",
        };
        using var driver = Requests.Driver(server.Address, DriverKind.Sockets, null, post);
        using var limit = new CancellationTokenSource(Limit);

        driver.RunOpen(ArrivalSchedule.Constant(100, TimeSpan.FromSeconds(0.01)), new LatencyRecorder(), limit.Token);

        Assert.Equal(
            $"POST /orders?x=1 HTTP/1.1\r\nHost: 127.0.0.1:{server.Address.Port}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{{\"a\":\"\u00c3\u00a4\"}}",
            seen);
    }

    [Fact]
    public void A_disposed_driver_leaves_no_connection_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the driver 'sockets' needs Linux");
        var ended = 0;
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            while (await connection.ReadRequest(stop) is not null)
            {
                await connection.Send(Requests.Ok, stop);
            }

            Interlocked.Increment(ref ended);
        });
        using (var driver = Requests.Driver(server.Address, DriverKind.Sockets))
        {
            using var limit = new CancellationTokenSource(Limit);
            driver.RunClosed(5, TimeSpan.FromSeconds(0.1), new LatencyRecorder(), limit.Token);
        }

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref ended) == 5, Limit));
    }

    private static long AllocatedByRun(IRequestDriver driver, LatencyRecorder recorder, int requests)
    {
        using var limit = new CancellationTokenSource(Limit);
        var schedule = ArrivalSchedule.Constant(5_000, TimeSpan.FromSeconds(requests / 5_000.0));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = driver.RunOpen(schedule, recorder, limit.Token);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(requests, result.Counts.Answered);
        return allocated;
    }
}
