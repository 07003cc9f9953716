using PerfLab.Experiments.Results;
using PerfLab.Load.Simulations;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Drivers;

/// <summary>How a driver treats connections and responses.</summary>
public sealed record DriverOptions
{
    /// <summary>Gets the means; default <see cref="DriverKind.Auto"/>.</summary>
    public DriverKind Kind { get; init; }

    /// <summary>Gets the version of HTTP of the driver HttpClient, exactly: 1.1 (default) or 2.0. Sockets speak 1.1.</summary>
    public Version HttpVersion { get; init; } = System.Net.HttpVersion.Version11;

    /// <summary>Gets the path of the Unix socket at which the target listens in place of host and port; null (default) for none.</summary>
    public string? UnixSocket { get; init; }

    /// <summary>
    /// Gets whether open and closed loops go through the requests and their rows together, so that none comes twice before all came.
    /// Default false: each kind has an order of its own, so that warm-ups of different lengths do not shift the measured requests.
    /// </summary>
    public bool KeepsOneOrder { get; init; }

    /// <summary>Gets the bound on requests in flight of an open loop; default 64.</summary>
    public int MaxInFlight { get; init; } = 64;

    /// <summary>Gets what happens to a start above the bound; default <see cref="BusyPolicy.Drop"/>.</summary>
    public BusyPolicy WhenBusy { get; init; } = BusyPolicy.Drop;

    /// <summary>Gets how long a connection may take to be made; default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long a response may take from the send to its last byte; default 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long requests in flight are waited for after the end of the schedule; default 10 s. What is left then is a <c>request_timeout</c>.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets whether an open loop lasts as long as its schedule also where the last answer comes earlier. Default false. At 10/s a
    /// schedule of 100 ms has one start or none, and would be over with its answer.
    /// </summary>
    public bool LastsItsSchedule { get; init; }

    /// <summary>
    /// Gets the most that a thread asks to be woken before a start, so that waking up from idle does not make it late;
    /// default 60 us. The lead is learned from what wake-ups cost; the rest is spent looking for responses. 0 turns it off.
    /// </summary>
    public TimeSpan MaxPacingLead { get; init; } = TimeSpan.FromMicroseconds(60);

    /// <summary>
    /// Gets the receiver of what happened since the report before, or null. Called on the generating thread with sockets: it must return within
    /// microseconds, so hand the report over to another thread.
    /// </summary>
    public IProgress<LoadTestSecond>? Progress { get; init; }

    /// <summary>Gets the time between reports; default 1 s.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets whether the driver HttpClient accepts every certificate of the target; default false. For test machines with certificates of their own.</summary>
    public bool AcceptAnyCertificate { get; init; }

    /// <summary>Gets what writes down the outcome of each request of an open loop; null writes nothing down, which is the default.</summary>
    public RequestJournal? Journal { get; init; }

    /// <summary>Gets what counts the requests by their names; null counts none of it, which is the default.</summary>
    public RequestBreakdown? Breakdown { get; init; }

    /// <summary>Gets the longest line of a response head in bytes; default 16 KiB.</summary>
    public int MaxResponseLineBytes { get; init; } = 16 * 1024;

    /// <summary>Gets the largest response head, and the largest trailer, in bytes; default 64 KiB.</summary>
    public int MaxResponseHeaderBytes { get; init; } = 64 * 1024;

    /// <summary>Gets the largest response body in bytes; default 64 MiB.</summary>
    public long MaxResponseBodyBytes { get; init; } = 64L * 1024 * 1024;
}

/// <summary>By what means requests are sent.</summary>
public enum DriverKind
{
    /// <summary>Sockets on Linux for plaintext HTTP/1.1, else HttpClient.</summary>
    Auto = 0,

    /// <summary>One thread over raw sockets: least processor time and best pacing. Linux, plaintext HTTP/1.1.</summary>
    Sockets = 1,

    /// <summary>.NET's own HTTP client: TLS, HTTP/2, every platform.</summary>
    HttpClient = 2,
}

/// <summary>What happens to a start that is due while the maximum number of requests is in flight.</summary>
public enum BusyPolicy
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>It is dropped and counted: users who give up. The load on the target stays bounded.</summary>
    Drop = 1,

    /// <summary>
    /// It waits for a free connection and is sent late: the lateness is recorded and the response time counts from the
    /// intended start. What has not been sent at the drain limit is dropped.
    /// </summary>
    Wait = 2,
}

/// <summary>The ranges of <see cref="DriverOptions"/>.</summary>
internal static class DriverOptionsValidator
{
    private const int SmallestHeadBytes = 64;

    /// <exception cref="ArgumentException">Options are out of their range; the message names all of them.</exception>
    public static void Validate(DriverOptions options)
    {
        string[] faults =
        [
            .. Unless(options.MaxInFlight >= 1, $"{nameof(options.MaxInFlight)} {options.MaxInFlight} is below 1"),
            .. Unless(options.WhenBusy is BusyPolicy.Drop or BusyPolicy.Wait, $"{nameof(options.WhenBusy)} {options.WhenBusy} is neither Drop nor Wait"),
            .. Unless(options.ConnectTimeout > TimeSpan.Zero, $"{nameof(options.ConnectTimeout)} {options.ConnectTimeout} is not positive"), .. UnlessShort(options.ConnectTimeout, nameof(options.ConnectTimeout)),
            .. Unless(options.RequestTimeout > TimeSpan.Zero, $"{nameof(options.RequestTimeout)} {options.RequestTimeout} is not positive"), .. UnlessShort(options.RequestTimeout, nameof(options.RequestTimeout)),
            .. Unless(options.DrainLimit >= TimeSpan.Zero, $"{nameof(options.DrainLimit)} {options.DrainLimit} is negative"), .. UnlessShort(options.DrainLimit, nameof(options.DrainLimit)),
            .. Unless(options.MaxPacingLead >= TimeSpan.Zero, $"{nameof(options.MaxPacingLead)} {options.MaxPacingLead} is negative"),
            .. Unless(options.ProgressInterval > TimeSpan.Zero, $"{nameof(options.ProgressInterval)} {options.ProgressInterval} is not positive"),
            .. UnlessHead(options.MaxResponseLineBytes, nameof(options.MaxResponseLineBytes)),
            .. UnlessHead(options.MaxResponseHeaderBytes, nameof(options.MaxResponseHeaderBytes)),
            .. Unless(options.MaxResponseBodyBytes >= 0, $"{nameof(options.MaxResponseBodyBytes)} {options.MaxResponseBodyBytes} is negative"),
        ];
        if (faults.Length > 0)
        {
            throw new ArgumentException($"{string.Join("; ", faults)} (options of the load driver). Leave them out for the defaults.", nameof(options));
        }
    }

    private static string[] Unless(bool holds, string fault) => holds ? [] : [fault];

    private static string[] UnlessShort(TimeSpan duration, string name) =>
        Unless(duration <= QuantitySyntax.Longest, $"{name} {duration} is longer than 1000 h");

    private static string[] UnlessHead(int bytes, string name) =>
        Unless(bytes >= SmallestHeadBytes, $"{name} {bytes} is below {SmallestHeadBytes}");
}
