using System.Net;
using System.Net.Sockets;
using System.Text;
using PerfLab.Experiments.Results;
using PerfLab.Load.Drivers;
using PerfLab.Load.NullServers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Drivers;

namespace PerfLab.Load.Tests.Servers;

public sealed class NullServerTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_drivers_get_their_answers(DriverKind kind)
    {
        using var server = new RunningNullServer(new NullServerOptions());
        using var driver = Requests.Driver(server.Address, kind);

        var result = driver.RunClosed(ClosedLoad.ForIterations(8, 500), new LatencyRecorder(), CancellationToken.None);

        Assert.Empty(result.Errors);
        Assert.Equal(500, result.Counts.Answered);
        Assert.Equal(500, server.StopAndCount());
    }

    [Fact]
    public async Task Requests_in_pieces_and_several_at_once_are_counted_right()
    {
        using var server = new RunningNullServer(new NullServerOptions());
        using var client = new TcpClient();
        using var limit = new CancellationTokenSource(s_limit);
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, limit.Token);
        client.NoDelay = true;
        var stream = client.GetStream();
        foreach (var piece in (string[])["GET / HT", "TP/1.1\r\nHost: a\r\n\r", "\nGET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nX: \r\r\n\r\n"])
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece), limit.Token);
            await Task.Delay(20, limit.Token);
        }

        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(limit.Token);

        Assert.Equal(3, text.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.EndsWith("Hello, World!", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_is_kept_back_as_long_as_asked()
    {
        using var server = new RunningNullServer(new NullServerOptions { Delay = TimeSpan.FromMilliseconds(40) });
        using var driver = Requests.Driver(server.Address, DriverKind.Auto);
        var recorder = new LatencyRecorder();

        driver.RunClosed(ClosedLoad.ForIterations(3, 9), recorder, CancellationToken.None);

        Assert.InRange(At(recorder.ServiceTime!, 0), 0.039, 60);
    }

    [Fact]
    public void A_freeze_keeps_everyone_waiting_and_passes()
    {
        using var server = new RunningNullServer(new NullServerOptions { FreezeAfter = TimeSpan.FromMilliseconds(300), FreezeDuration = TimeSpan.FromMilliseconds(500) });
        using var driver = Requests.Driver(server.Address, DriverKind.Auto, new DriverOptions { MaxInFlight = 1000 });
        var recorder = new LatencyRecorder();

        var result = driver.RunOpen(ArrivalSchedule.Constant(100, TimeSpan.FromSeconds(1.5)), recorder, CancellationToken.None);

        Assert.Equal(150, result.Counts.Answered);

        // A third of the load arrives while it is frozen, so a tenth waits at least 70 % of the freeze.
        Assert.InRange(recorder.ResponseTime!.MaxSeconds, 0.45, 60);
        Assert.InRange(At(recorder.ResponseTime, 90), 0.3, 60);
    }

    [Fact]
    public void Two_thousand_connections_are_open_at_once()
    {
        using var server = new RunningNullServer(new NullServerOptions());
        using var driver = Requests.Driver(server.Address, DriverKind.Auto, new DriverOptions { ConnectTimeout = TimeSpan.FromSeconds(30) });

        var result = driver.RunClosed(ClosedLoad.ForIterations(2000, 6000), new LatencyRecorder(), CancellationToken.None);

        Assert.Empty(result.Errors);
        Assert.Equal(6000, result.Counts.Answered);
        Assert.Equal(2000, result.ConnectionsOpened ?? 2000);
    }

    private static double At(LatencySummary summary, double percentile) => summary.Spectrum.First(point => point.Percentile.Equals(percentile)).Seconds;

    private sealed class RunningNullServer : IDisposable
    {
        private readonly NullServer _server;
        private readonly CancellationTokenSource _stop = new();
        private readonly Thread _thread;

        public RunningNullServer(NullServerOptions options)
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "The null server needs Linux.");
            _server = new NullServer(options);
            Address = new Uri($"http://127.0.0.1:{_server.Port}");
            _thread = new Thread(() => _server.Run(_stop.Token)) { IsBackground = true };
            _thread.Start();
        }

        public Uri Address { get; }

        /// <summary>Ends the server's thread and reads its count: an answer arrives before the server has counted it.</summary>
        public long StopAndCount()
        {
            Stop();
            return _server.AnsweredCount;
        }

        public void Dispose()
        {
            Stop();
            _server.Dispose();
            _stop.Dispose();
        }

        private void Stop()
        {
            _stop.Cancel();
            Assert.True(_thread.Join(s_limit), "the null server did not stop");
        }
    }
}
