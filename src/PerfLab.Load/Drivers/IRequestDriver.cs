using System.Net;
using System.Net.Sockets;
using PerfLab.Load.Http;
using PerfLab.Load.Simulations;
using PerfLab.Load.Sockets;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Drivers;

/// <summary>
/// Makes load on one endpoint and keeps its connections from run to run. Not thread-safe: one call at a time. The calling
/// thread does the pacing, with sockets everything; prepare it with <see cref="GeneratorThreadSetup.Prepare"/>.
/// </summary>
public interface IRequestDriver : IDisposable
{
    /// <summary>Starts requests by a schedule, whatever the target answers, and waits for the last answer up to the drain limit; for the schedule's end too with <see cref="DriverOptions.LastsItsSchedule"/>.</summary>
    /// <param name="schedule">When requests start, from now on.</param>
    /// <param name="recorder">Receives the durations.</param>
    /// <param name="cancellationToken">Ends the run early; what was measured is returned.</param>
    LoadResult RunOpen(ArrivalSchedule schedule, LatencyRecorder recorder, CancellationToken cancellationToken);

    /// <summary>Keeps users busy: each answer starts the user's next request. For pilots and warm-ups; no lateness is recorded.</summary>
    /// <param name="load">Users over time.</param>
    /// <param name="recorder">Receives the durations; response time equals service time.</param>
    /// <param name="cancellationToken">Ends the run early; what was measured is returned.</param>
    LoadResult RunClosed(ClosedLoad load, LatencyRecorder recorder, CancellationToken cancellationToken);

    /// <summary>Keeps a number of requests in flight.</summary>
    /// <param name="connections">Requests in flight, at least 1.</param>
    /// <param name="duration">How long new requests are started.</param>
    /// <param name="recorder">Receives the durations; response time equals service time.</param>
    /// <param name="cancellationToken">Ends the run early; what was measured is returned.</param>
    LoadResult RunClosed(int connections, TimeSpan duration, LatencyRecorder recorder, CancellationToken cancellationToken) =>
        RunClosed(ClosedLoad.Constant(connections, duration), recorder, cancellationToken);
}

/// <summary>Makes drivers.</summary>
public static class RequestDriverFactory
{
    /// <summary>Makes the driver that fits; nothing is connected yet.</summary>
    /// <param name="baseAddress">Scheme, host and port of the target.</param>
    /// <param name="mix">The requests.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or sockets were demanded where they do not fit.</exception>
    /// <exception cref="SocketException">The name of the host is not known.</exception>
    public static IRequestDriver Create(Uri baseAddress, RequestMix mix, DriverOptions options)
    {
        DriverOptionsValidator.Validate(options);
        var kind = Choose(baseAddress, options);
        return kind switch
        {
            DriverKind.Sockets => new SocketDriver(mix, options, SettingsFor(baseAddress, options)),
            DriverKind.HttpClient => new HttpClientDriver(baseAddress, mix, options),
            _ => throw new ArgumentOutOfRangeException(nameof(options), kind, "There is no driver of this kind."),
        };
    }

    /// <summary>Says which driver <see cref="Create"/> would make: never <see cref="DriverKind.Auto"/>.</summary>
    /// <param name="baseAddress">Scheme, host and port of the target.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">Sockets were demanded where they do not fit.</exception>
    public static DriverKind Choose(Uri baseAddress, DriverOptions options)
    {
        var fits = OperatingSystem.IsLinux() && baseAddress.Scheme == "http" && options.HttpVersion == HttpVersion.Version11;
        if (options.Kind == DriverKind.Sockets && !fits)
        {
            throw new ArgumentException(
                $"The driver 'sockets' cannot serve {baseAddress}: it needs Linux, http and version 1.1. Use the driver 'httpclient' or leave the choice open.",
                nameof(options));
        }

        return options.Kind != DriverKind.Auto ? options.Kind : fits ? DriverKind.Sockets : DriverKind.HttpClient;
    }

    private static SocketEngineOptions SettingsFor(Uri baseAddress, DriverOptions options) => new()
    {
        Addresses = [.. TargetEndPoints.Of(baseAddress, options.UnixSocket).All.Select(endPoint => new Linux.SocketAddress(endPoint))],
        Limits = new ResponseLimits(options.MaxResponseLineBytes, options.MaxResponseHeaderBytes, options.MaxResponseBodyBytes),
        ConnectTimeoutNanoseconds = MonotonicClock.ToNanoseconds(options.ConnectTimeout),
        RequestTimeoutNanoseconds = MonotonicClock.ToNanoseconds(options.RequestTimeout),
    };
}
