namespace PerfLab.Load;

/// <summary>How a driver treats connections and responses.</summary>
public sealed record DriverOptions
{
    /// <summary>Gets the means; default <see cref="DriverKind.Auto"/>.</summary>
    public DriverKind Kind { get; init; }

    /// <summary>Gets the version of HTTP of the driver HttpClient, exactly: 1.1 (default) or 2.0. Sockets speak 1.1.</summary>
    public Version HttpVersion { get; init; } = System.Net.HttpVersion.Version11;

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
    /// Gets the most that a thread asks to be woken before a start, so that waking up from idle does not make it late;
    /// default 60 us. The lead is learned from what wake-ups cost; the rest is spent looking for responses. 0 turns it off.
    /// </summary>
    public TimeSpan MaxPacingLead { get; init; } = TimeSpan.FromMicroseconds(60);

    /// <summary>
    /// Gets who is told how a run is doing, or null. Called on the generating thread with sockets: it must return within
    /// microseconds, so hand the report over to another thread.
    /// </summary>
    public IProgress<LoadProgress>? Progress { get; init; }

    /// <summary>Gets the time between reports; default 1 s.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets whether the driver HttpClient accepts every certificate of the target; default false. For test machines with certificates of their own.</summary>
    public bool AcceptAnyCertificate { get; init; }

    /// <summary>Gets what writes down the outcome of each request of an open loop; null writes nothing down, which is the default.</summary>
    public RequestJournal? Journal { get; init; }

    /// <summary>Gets the longest line of a response head in bytes; default 16 KiB.</summary>
    public int MaxResponseLineBytes { get; init; } = 16 * 1024;

    /// <summary>Gets the largest response head, and the largest trailer, in bytes; default 64 KiB.</summary>
    public int MaxResponseHeaderBytes { get; init; } = 64 * 1024;

    /// <summary>Gets the largest response body in bytes; default 64 MiB.</summary>
    public long MaxResponseBodyBytes { get; init; } = 64L * 1024 * 1024;
}
