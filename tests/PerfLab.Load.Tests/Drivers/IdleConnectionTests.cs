using System.Net.Sockets;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Servers;

namespace PerfLab.Load.Tests.Drivers;

/// <summary>Connections that idle between runs, as those of the arms of a launch set do, against servers that limit it.</summary>
public sealed class IdleConnectionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly ArrivalSchedule One = ArrivalSchedule.Constant(10, TimeSpan.FromSeconds(0.1));

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_connection_is_renewed_before_a_server_that_waits_5_s_resets_it(DriverKind kind)
    {
        using var server = ResettingAfter(TimeSpan.FromSeconds(5), Requests.Ok, out var resets);
        using var driver = Requests.Driver(server.Address, kind);

        Assert.Equal(1, Run(driver).Answered);
        Thread.Sleep(TimeSpan.FromSeconds(4.2));

        Assert.Equal((1, 0), Run(driver));
        Assert.Equal(2, server.AcceptedCount);
        Assert.Equal(0, resets());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_connection_is_renewed_before_the_time_that_the_server_states(DriverKind kind)
    {
        using var server = ResettingAfter(TimeSpan.FromSeconds(2), "HTTP/1.1 200 OK\r\nKeep-Alive: max=100, Timeout=2\r\nContent-Length: 2\r\n\r\nok", out var resets);
        using var driver = Requests.Driver(server.Address, kind);

        Assert.Equal(1, Run(driver).Answered);
        Thread.Sleep(TimeSpan.FromSeconds(1.7));

        Assert.Equal((1, 0), Run(driver));
        Assert.Equal(2, server.AcceptedCount);
        Assert.Equal(0, resets());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_server_that_closes_early_without_a_word_costs_no_error(DriverKind kind)
    {
        using var server = ResettingAfter(TimeSpan.FromSeconds(0.3), Requests.Ok, out var resets);
        using var driver = Requests.Driver(server.Address, kind);

        Assert.Equal(1, Run(driver).Answered);
        Assert.True(SpinWait.SpinUntil(() => resets() == 1, Limit));

        Assert.Equal((1, 0), Run(driver));
    }

    [Fact]
    public void Renewing_is_no_part_of_the_response_time()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the driver 'sockets' needs Linux");
        using var server = ResettingAfter(TimeSpan.FromSeconds(0.3), Requests.Ok, out var resets);
        using var driver = Requests.Driver(server.Address, DriverKind.Sockets);
        Run(driver);
        Assert.True(SpinWait.SpinUntil(() => resets() == 1, Limit));
        using var limit = new CancellationTokenSource(Limit);

        var result = driver.RunOpen(One, new LatencyRecorder(), limit.Token);

        // Two connections were opened, the second before the run whose count this is.
        Assert.Equal(2, server.AcceptedCount);
        Assert.Equal(0, result.ConnectionsOpened);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_server_that_keeps_no_idle_connection_gets_one_for_each_request_and_no_more(DriverKind kind)
    {
        using var server = ScriptedServer.Answering("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=0\r\nContent-Length: 2\r\n\r\nok");
        using var driver = Requests.Driver(server.Address, kind);
        using var limit = new CancellationTokenSource(Limit);

        var result = driver.RunOpen(ArrivalSchedule.Constant(10, TimeSpan.FromSeconds(0.5)), new LatencyRecorder(), limit.Token);
        var second = driver.RunOpen(One, new LatencyRecorder(), limit.Token);

        Assert.Equal((5, 1), (result.Counts.Answered, second.Counts.Answered));
        Assert.InRange(server.AcceptedCount, 1, 6);
    }

    [Fact]
    public void Within_a_run_a_rare_request_finds_a_renewed_connection()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the driver 'sockets' needs Linux");
        using var server = ResettingAfter(TimeSpan.FromSeconds(1), "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok", out var resets);
        using var driver = Requests.Driver(server.Address, DriverKind.Sockets);
        using var limit = new CancellationTokenSource(Limit);

        var result = driver.RunOpen(ArrivalSchedule.Constant(1, TimeSpan.FromSeconds(3)), new LatencyRecorder(), limit.Token);

        Assert.Equal(3, result.Counts.Answered);
        Assert.Equal(0, resets());
    }

    [Fact]
    public void Connections_that_the_load_needed_are_open_again_and_the_others_are_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the driver 'sockets' needs Linux");
        using var server = ResettingAfter(TimeSpan.FromSeconds(0.3), Requests.Ok, out var resets);
        using var driver = Requests.Driver(server.Address, DriverKind.Sockets);
        using var limit = new CancellationTokenSource(Limit);
        driver.RunClosed(5, TimeSpan.FromSeconds(0.1), new LatencyRecorder(), limit.Token);
        Run(driver);
        Assert.True(SpinWait.SpinUntil(() => resets() == 5, Limit));

        Run(driver);

        Assert.Equal(6, server.AcceptedCount);
    }

    private static (long Answered, int ErrorKinds) Run(IRequestDriver driver)
    {
        using var limit = new CancellationTokenSource(Limit);
        var result = driver.RunOpen(One, new LatencyRecorder(), limit.Token);
        return (result.Counts.Answered, result.Errors.Count);
    }

    /// <summary>Keeps connections as long as stated and resets them then, as Node.js does to a request that comes too late.</summary>
    private static ScriptedServer ResettingAfter(TimeSpan idle, string response, out Func<int> resets)
    {
        var count = 0;
        resets = () => Volatile.Read(ref count);
        return new ScriptedServer(async (connection, stop) =>
        {
            while (true)
            {
                using var idleTime = CancellationTokenSource.CreateLinkedTokenSource(stop);
                idleTime.CancelAfter(idle);
                try
                {
                    if (await connection.ReadRequest(idleTime.Token) is null)
                    {
                        return;
                    }
                }
                catch (OperationCanceledException) when (!stop.IsCancellationRequested)
                {
                    connection.Socket.LingerState = new LingerOption(true, 0);
                    connection.Socket.Close();
                    Interlocked.Increment(ref count);
                    return;
                }

                await connection.Send(response, stop);
            }
        });
    }
}
