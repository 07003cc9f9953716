using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Results;

/// <summary>Exports of one arm that reached the collector and were not taken, for one reason.</summary>
/// <param name="Transport">How they were sent.</param>
/// <param name="Status">The HTTP or gRPC status that answered them; null where the connection ended without an answer.</param>
/// <param name="Reason">Why they were not taken.</param>
/// <param name="Path">The path that they were sent to, or <see cref="OtherPaths"/>.</param>
/// <param name="Count">How many.</param>
public sealed record RejectedExport(ExportTransport Transport, int? Status, ExportRejectionReason Reason, string Path, long Count)
{
    /// <summary>Stands for all paths above the bound of different ones.</summary>
    public const string OtherPaths = "*";

    /// <summary>
    /// The share of an arm's exports that may be rejected before the arm counts as one that does not export; 0.1 %. Below it what
    /// is missing changes no figure by more than the measurement resolves.
    /// </summary>
    public const double PracticalLimitRatio = 0.001;

    /// <summary>Gets a value indicating whether the back end was told to reject them, so that this is an answer and no mistake.</summary>
    [JsonIgnore]
    public bool IsIntended => Reason == ExportRejectionReason.InjectedFault;

    /// <summary>Gets a value indicating whether they may have held spans: all but those sent to a path of another signal.</summary>
    [JsonIgnore]
    public bool MayHoldSpans => !IsOtherSignal(Path);

    /// <summary>Gets a value indicating whether nothing tells the signal: such a connection ended before it became a request.</summary>
    [JsonIgnore]
    public bool IsOfUnknownSignal => Path.Length == 0;

    /// <summary>Whether a path names metrics, logs or profiles, at any prefix and over either transport.</summary>
    /// <param name="path">The path of a request.</param>
    public static bool IsOtherSignal(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.EndsWith("/metrics", StringComparison.Ordinal) || path.EndsWith("/logs", StringComparison.Ordinal)
            || path.EndsWith("/profiles", StringComparison.Ordinal) || path.EndsWith(".MetricsService/Export", StringComparison.Ordinal)
            || path.EndsWith(".LogsService/Export", StringComparison.Ordinal) || path.EndsWith(".ProfilesService/Export", StringComparison.Ordinal);
    }

    /// <summary>Adds up entries that differ in their count only, the most frequent first.</summary>
    public static IReadOnlyList<RejectedExport> Total(IEnumerable<RejectedExport> entries) =>
    [
        .. entries.GroupBy(entry => entry with { Count = 0 })
            .Select(group => group.Key with { Count = group.Sum(entry => entry.Count) })
            .OrderByDescending(entry => entry.Count)
            .ThenBy(entry => entry.Path, StringComparer.Ordinal)
            .ThenBy(entry => entry.Reason),
    ];

    /// <summary>The number of an arm's trace exports that were rejected although nothing told the back end to reject.</summary>
    /// <param name="ledger">The arm's ledger.</param>
    public static long CountOf(SpanLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return ledger.RejectedExports.Where(entry => entry is { IsIntended: false, MayHoldSpans: true }).Sum(entry => entry.Count);
    }

    /// <summary>
    /// The share of an arm's trace exports that were rejected although nothing told the back end to reject; 0 where nothing arrived.
    /// </summary>
    /// <param name="ledger">The arm's ledger.</param>
    public static double ShareOf(SpanLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var rejected = CountOf(ledger);
        return rejected == 0 ? 0 : (double)rejected / (rejected + ledger.ExportRequestCount);
    }
}

/// <summary>The two transports of OTLP.</summary>
public enum ExportTransport
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>OTLP/HTTP.</summary>
    Http = 1,

    /// <summary>OTLP/gRPC.</summary>
    Grpc = 2,
}

/// <summary>Why an export was not taken.</summary>
public enum ExportRejectionReason
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>Nothing is received at its path.</summary>
    UnknownPath = 1,

    /// <summary>It was not sent with POST.</summary>
    WrongMethod = 2,

    /// <summary>Its content type is none of OTLP's.</summary>
    ContentType = 3,

    /// <summary>Its content encoding is neither gzip nor identity.</summary>
    ContentEncoding = 4,

    /// <summary>It is larger than the collector takes, before or after decompression.</summary>
    TooLarge = 5,

    /// <summary>Its payload cannot be decoded.</summary>
    Malformed = 6,

    /// <summary>The collector had no room for it; the sender may try again.</summary>
    NoRoom = 7,

    /// <summary>Its body took too long to arrive.</summary>
    TooSlow = 8,

    /// <summary>The sender was gone before all of it had arrived.</summary>
    ConnectionEnded = 9,

    /// <summary>The arm's back end was told to reject or to lose it.</summary>
    InjectedFault = 10,

    /// <summary>HTTP/1.1 was spoken at the port for gRPC, or HTTP/2 at the one for HTTP/1.1.</summary>
    WrongProtocol = 11,

    /// <summary>It did not show the arm's token: another program sent it, or the exporter's headers and path are not those that it was given.</summary>
    NoToken = 12,
}
