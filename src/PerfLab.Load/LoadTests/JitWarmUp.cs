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
    /// <summary>Runs both kinds of loop with a driver, over TLS and in HTTP/2 where the load is; takes some tenths of a second.</summary>
    /// <param name="kind">The driver of the load.</param>
    /// <param name="target">The address of the load, to which nothing is sent.</param>
    /// <param name="version">The version of HTTP of the load.</param>
    public static void Run(DriverKind kind, Uri target, Version version)
    {
        using var server = new WarmUpServer(target.Scheme == Uri.UriSchemeHttps, version.Major == 2);
        RunBothLoops(server.Address, kind, version);
    }

    private static void RunBothLoops(Uri address, DriverKind kind, Version version)
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
            HttpVersion = version,
            AcceptAnyCertificate = true,
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

    private sealed class NoProgress : IProgress<LoadTestSecond>
    {
        public void Report(LoadTestSecond value)
        {
        }
    }
}
