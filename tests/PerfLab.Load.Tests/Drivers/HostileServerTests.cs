using System.Net.Sockets;
using System.Text;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Http;
using PerfLab.Load.Tests.Servers;

namespace PerfLab.Load.Tests.Drivers;

/// <summary>Servers that misbehave: every request ends, is counted by kind, and the load goes on.</summary>
public sealed class HostileServerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // The limits of the samples.
    private static readonly DriverOptions Options = new()
    {
        MaxResponseLineBytes = ParserRun.Limits.MaxLineBytes,
        MaxResponseHeaderBytes = ParserRun.Limits.MaxHeaderBytes,
        MaxResponseBodyBytes = ParserRun.Limits.MaxBodyBytes,
        RequestTimeout = TimeSpan.FromSeconds(30),
    };

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(ResponseSamples.Bad), MemberType = typeof(ResponseSamples))]
    public void Sockets_count_a_bad_response_by_its_kind_without_waiting_for_more(string name, string text, string kind, string fault)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the driver 'sockets' needs Linux");
        using var server = ScriptedServer.SayingOnce(Encoding.Latin1.GetBytes(text));

        var result = RunThree(server, DriverKind.Sockets, Options);

        Assert.True(result.Errors.TryGetValue(kind, out var count) && count == 3, $"{name} ({fault}): {string.Join(", ", result.Errors)}");
        Assert.Equal(0, result.Counts.Answered);
        Assert.NotEqual(string.Empty, result.ErrorExamples[kind]);
    }

    [Theory]
    [MemberData(nameof(ResponseSamples.Bad), MemberType = typeof(ResponseSamples))]
    public void HttpClient_ends_every_request_to_a_bad_server(string name, string text, string kind, string fault)
    {
        using var server = ScriptedServer.SayingAndClosing(text);

        var result = RunThree(server, DriverKind.HttpClient, Options);

        // It is more lenient here and there; but it neither hangs nor loses count.
        Assert.True(result.Counts.Answered + result.Counts.Errors == 3, $"{name} ({kind}, {fault}): {string.Join(", ", result.Errors)}");
    }

    [Theory]
    [MemberData(nameof(ResponseSamples.Good), MemberType = typeof(ResponseSamples))]
    public void Both_drivers_count_the_same_good_responses(string name, string text, int status, long bodyBytes, bool keepAlive)
    {
        using var server = keepAlive ? ScriptedServer.Answering(text) : ScriptedServer.SayingAndClosing(text);
        foreach (var kind in Requests.Kinds())
        {
            var result = RunThree(server, kind.Data, Options, status);

            Assert.True(result.Counts.Answered == 3, $"{name} by {kind.Data}: {string.Join(", ", result.ErrorExamples)}");
            Assert.True(result.BytesReceived >= 3 * bodyBytes);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_body_that_ends_with_the_connection_is_an_answer(DriverKind kind)
    {
        using var server = ScriptedServer.SayingAndClosing("HTTP/1.1 200 OK\r\n\r\nuntil the end");

        Assert.Equal(3, RunThree(server, kind, Options).Counts.Answered);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Another_status_is_an_error_and_keeps_the_connection(DriverKind kind)
    {
        using var server = ScriptedServer.Answering("HTTP/1.1 500 Oops\r\nContent-Length: 2\r\n\r\nno");

        var result = RunThree(server, kind, Options);

        Assert.Equal(3, result.Errors["unexpected_status"]);
        Assert.Contains("500", result.ErrorExamples["unexpected_status"], StringComparison.Ordinal);
        Assert.Equal(1, server.AcceptedCount);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n")]
    public void A_response_cut_short_is_truncated(string text)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the driver 'sockets' needs Linux");
        using var server = ScriptedServer.SayingAndClosing(text);

        Assert.Equal(3, RunThree(server, DriverKind.Sockets, Options).Errors["truncated"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_body_cut_short_is_truncated_for_both(DriverKind kind)
    {
        using var server = ScriptedServer.SayingAndClosing("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");

        Assert.Equal(3, RunThree(server, kind, Options).Errors["truncated"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_server_that_closes_instead_of_answering_is_told_apart(DriverKind kind)
    {
        using var server = ScriptedServer.SayingAndClosing(string.Empty);

        Assert.Equal(3, RunThree(server, kind, Options).Errors["connection_closed"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_server_that_resets_is_told_apart(DriverKind kind)
    {
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            await connection.ReadRequest(stop);
            // Closing with a linger time of 0 sends a reset.
            connection.Socket.LingerState = new LingerOption(true, 0);
        });

        Assert.Equal(3, RunThree(server, kind, Options).Errors["connection_reset"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nobody_listening_is_told_apart(DriverKind kind)
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Bound and not listening: the port is nobody else's and refuses.
        holder.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        var address = new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)holder.LocalEndPoint!).Port}");
        using var driver = Requests.Driver(address, kind, Options);
        using var limit = new CancellationTokenSource(Limit);

        var result = driver.RunOpen(ArrivalSchedule.Constant(30, TimeSpan.FromSeconds(0.1)), new LatencyRecorder(), limit.Token);

        Assert.Equal(3, result.Errors["connect_refused"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_closed_loop_on_a_dead_target_does_not_spin(DriverKind kind)
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        var address = new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)holder.LocalEndPoint!).Port}");
        using var driver = Requests.Driver(address, kind, Options);
        using var limit = new CancellationTokenSource(Limit);

        var result = driver.RunClosed(2, TimeSpan.FromSeconds(0.3), new LatencyRecorder(), limit.Token);

        // Two connections, tried at most every 10 ms.
        Assert.InRange(result.Errors["connect_refused"], 1, 70);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Silence_is_a_timeout(DriverKind kind)
    {
        using var server = new ScriptedServer((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop));

        Assert.Equal(3, RunThree(server, kind, Options with { RequestTimeout = TimeSpan.FromSeconds(0.3) }).Errors["request_timeout"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Dripping_bytes_do_not_put_off_the_timeout(DriverKind kind)
    {
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            await connection.ReadRequest(stop);
            await connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", stop);
            while (true)
            {
                await connection.Send("x", stop);
                await Task.Delay(20, stop);
            }
        });

        Assert.Equal(3, RunThree(server, kind, Options with { RequestTimeout = TimeSpan.FromSeconds(0.3) }).Errors["request_timeout"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_endless_body_is_cut_off_at_the_limit(DriverKind kind)
    {
        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)'x');
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            await connection.ReadRequest(stop);
            await connection.Send("HTTP/1.1 200 OK\r\n\r\n", stop);
            while (true)
            {
                await connection.Send(block, stop);
            }
        });

        var result = RunThree(server, kind, Options with { MaxResponseBodyBytes = 1_000_000 });

        Assert.Equal(3, result.Errors["too_large"]);
        Assert.InRange(result.BytesReceived, 0, 3 * 1_200_000);
    }

    [Fact]
    public void Bytes_after_a_response_are_an_error_of_the_server()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the driver 'sockets' needs Linux");
        using var server = ScriptedServer.Answering(Requests.Ok + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        var result = RunThree(server, DriverKind.Sockets, Options);

        Assert.Equal(3, result.Errors["malformed"]);
        Assert.Contains("follow", result.ErrorExamples["malformed"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_connection_closed_while_idle_costs_no_request(DriverKind kind)
    {
        var closed = 0;
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            await connection.ReadRequest(stop);
            await connection.Send(Requests.Ok, stop);
            connection.Socket.Shutdown(SocketShutdown.Both);
            Interlocked.Increment(ref closed);
        });
        using var driver = Requests.Driver(server.Address, kind, Options);
        using var limit = new CancellationTokenSource(Limit);
        for (var run = 1; run <= 4; run++)
        {
            var result = driver.RunOpen(ArrivalSchedule.Constant(20, TimeSpan.FromSeconds(0.05)), new LatencyRecorder(), limit.Token);

            Assert.Empty(result.Errors);
            Assert.Equal(1, result.Counts.Answered);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref closed) == run, Limit));
        }

        Assert.Equal(4, server.AcceptedCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_large_request_to_a_slow_reader_arrives_whole(DriverKind kind)
    {
        var body = new string('b', 3_000_000);
        var lengths = new List<int>();
        using var server = new ScriptedServer(async (connection, stop) =>
        {
            await Task.Delay(100, stop);
            while (await connection.ReadRequest(stop) is { } request)
            {
                lock (lengths)
                {
                    lengths.Add(request.Length - request.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4);
                }

                await connection.Send(Requests.Ok, stop);
            }
        });
        var post = Requests.Get("/upload") with { Method = "POST", Body = body };
        using var driver = Requests.Driver(server.Address, kind, Options, post);
        using var limit = new CancellationTokenSource(Limit);

        var result = driver.RunOpen(ArrivalSchedule.Constant(20, TimeSpan.FromSeconds(0.1)), new LatencyRecorder(), limit.Token);

        Assert.Equal(2, result.Counts.Answered);
        Assert.Equal([body.Length, body.Length], lengths);
    }

    private static LoadResult RunThree(ScriptedServer server, DriverKind kind, DriverOptions options, int expectedStatus = 200)
    {
        // One after the other, so that a kept connection is used again and a broken one is not.
        using var driver = Requests.Driver(server.Address, kind, options with { MaxInFlight = 1, WhenBusy = BusyPolicy.Wait, DrainLimit = Limit }, Requests.Get(expectedStatus: expectedStatus));
        using var limit = new CancellationTokenSource(Limit);
        var result = driver.RunOpen(ArrivalSchedule.Constant(300, TimeSpan.FromSeconds(0.01)), new LatencyRecorder(), limit.Token);

        Assert.False(result.WasCancelled, "the driver hung");
        Assert.Equal(3, result.Counts.Started);
        Assert.Equal(3, result.Counts.Answered + result.Counts.Errors);
        return result;
    }
}
