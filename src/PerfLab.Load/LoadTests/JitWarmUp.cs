using System.Net;
using System.Net.Sockets;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.LoadTests;

/// <summary>
/// Makes a little load on a listener of its own before the real one: code that runs for the first time has to be compiled,
/// which would make the first requests some milliseconds late and look like the target's fault.
/// </summary>
internal static class JitWarmUp
{
    private static ReadOnlySpan<byte> Answer => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8;

    /// <summary>Runs both kinds of loop with a driver; takes some tenths of a second.</summary>
    public static void Run(DriverKind kind)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var server = new Thread(() => Serve(listener)) { IsBackground = true, Name = "perflab rehearsal" };
        server.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        RunBothLoops(address, kind);
        listener.Close();
        server.Join(TimeSpan.FromSeconds(5));
    }

    private static void RunBothLoops(Uri address, DriverKind kind)
    {
        var request = new RequestDefinition
        {
            Name = "rehearsal",
            Method = "GET",
            Path = "/",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal),
            Body = null,
            ExpectedStatus = 200,
            Weight = 1,
        };
        var options = new DriverOptions
        {
            Kind = kind,
            MaxInFlight = 1,
            WhenBusy = BusyPolicy.Wait,
            Progress = new NoProgress(),
            ProgressInterval = TimeSpan.FromMilliseconds(5),
        };
        using var driver = RequestDriverFactory.Create(address, RequestMix.Create(address, [request], seed: 1), options);
        var recorder = new LatencyRecorder();
        driver.RunOpen(ArrivalSchedule.Constant(1000, TimeSpan.FromMilliseconds(50)), recorder, CancellationToken.None);
        driver.RunClosed(ClosedLoad.ForIterations(1, 50), recorder, CancellationToken.None);
        _ = recorder.ResponseTime;
    }

    // One connection after another: the driver never has more than one request in flight.
    private static void Serve(Socket listener)
    {
        var buffer = new byte[4096];
        while (true)
        {
            try
            {
                using var socket = listener.Accept();
                socket.NoDelay = true;
                while (socket.Receive(buffer) > 0)
                {
                    socket.Send(Answer);
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // The rehearsal is over.
                return;
            }
        }
    }

    private sealed class NoProgress : IProgress<LoadTestSecond>
    {
        public void Report(LoadTestSecond value)
        {
        }
    }
}
