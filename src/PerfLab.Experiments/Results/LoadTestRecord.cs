using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Results;

/// <summary>What a load test did and measured, as <c>./run.sh load --json FILE</c> writes it. Everything shown is made from this.</summary>
public sealed record LoadTestRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets what was tested and how.</summary>
    public required LoadTestSettings Setting { get; init; }

    /// <summary>Gets whether the load ended by itself; false when it was interrupted.</summary>
    public required bool Completed { get; init; }

    /// <summary>Gets the measured window: the time in which requests were started. All rates are counts over this time.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Gets what became of the requests.</summary>
    public required RequestCounts Counts { get; init; }

    /// <summary>Gets the starts that the schedule asked for per second; null for a closed loop, which has no schedule.</summary>
    public required double? OfferedPerSecond { get; init; }

    /// <summary>Gets the requests begun per second.</summary>
    public required double? AchievedPerSecond { get; init; }

    /// <summary>Gets the answers within the window per second of the window.</summary>
    public required double? AnsweredPerSecond { get; init; }

    /// <summary>Gets the errors by kind; kinds that did not occur are absent.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>Gets one sentence about the first error of each kind.</summary>
    public required IReadOnlyDictionary<string, string> ErrorExamples { get; init; }

    /// <summary>Gets the time from the intended start to the complete answer; null without an answer.</summary>
    public required LatencySummary? ResponseTime { get; init; }

    /// <summary>Gets the time from the actual send to the complete answer, which hides waiting; null without an answer.</summary>
    public required LatencySummary? ServiceTime { get; init; }

    /// <summary>Gets how much later than intended requests were sent; null for a closed loop.</summary>
    public required LatencySummary? StartLateness { get; init; }

    /// <summary>Gets the requests by their names, in the order of the mix; empty for one request alone.</summary>
    public IReadOnlyList<RequestRecord> Requests { get; init; } = [];

    /// <summary>Gets what making the load cost.</summary>
    public required LoadGeneratorUsage Generator { get; init; }

    /// <summary>Gets how the load went, second by second.</summary>
    public required IReadOnlyList<LoadTestSecond> Timeline { get; init; }

    /// <summary>Gets what a reader must know before believing the numbers.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Gets the thresholds with what came of them, in the order in which they were given.</summary>
    public required IReadOnlyList<LoadTestThreshold> Thresholds { get; init; }
}

/// <summary>What a load test was told to do.</summary>
public sealed record LoadTestSettings
{
    /// <summary>Gets the address, with placeholders as they were given.</summary>
    public required string Url { get; init; }

    /// <summary>Gets the HTTP method, of several requests each once with commas between.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the version of HTTP, <c>1.1</c> or <c>2.0</c>.</summary>
    public required string HttpVersion { get; init; }

    /// <summary>Gets the driver, <c>sockets</c> or <c>httpclient</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>Gets the load in the words of NBomber: <c>inject(2000, 30s)</c>.</summary>
    public required string Simulations { get; init; }

    /// <summary>Gets the load before the measured one; 0 for none.</summary>
    public required double WarmUpSeconds { get; init; }

    /// <summary>Gets the bound on requests in flight of an open loop.</summary>
    public required int MaxInFlight { get; init; }

    /// <summary>Gets the seed of arrivals, of the order of requests and of feeds.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets the requests in the order of the mix; null in files that did not note them.</summary>
    public IReadOnlyList<LoadTestRequestSetting>? Requests { get; init; }
}

/// <summary>One request of a load test as it was given.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query, with placeholders.</param>
/// <param name="Weight">Its frequency relative to the others.</param>
/// <param name="ExpectedStatus">The statuses that count as an answer, as they were given.</param>
/// <param name="BodySha256">The hash of its body before placeholders are filled, in lower-case hexadecimal digits; null without a body.</param>
public sealed record LoadTestRequestSetting(string Name, string Method, string Path, double Weight, string ExpectedStatus, string? BodySha256);

/// <summary>Requests by how they ended, of one run of a driver or of a whole load test: offered = started + dropped, and started = answered + errors.</summary>
public sealed record RequestCounts
{
    /// <summary>Gets the starts that were due; all of the schedule unless the load was cancelled. A closed loop offers what it starts.</summary>
    public required long Offered { get; init; }

    /// <summary>Gets the requests begun.</summary>
    public required long Started { get; init; }

    /// <summary>Gets the requests answered as expected.</summary>
    public required long Answered { get; init; }

    /// <summary>Gets the answers of them within the measured window; the others came later.</summary>
    public required long AnsweredInWindow { get; init; }

    /// <summary>Gets the starts given up because too many requests were in flight.</summary>
    public required long Dropped { get; init; }

    /// <summary>Gets the requests sent more than 1 ms after their time; null for a closed loop, which has no times, and for a single run of a driver.</summary>
    public required long? Late { get; init; }

    /// <summary>Gets the requests begun and not answered as expected.</summary>
    public required long Errors { get; init; }
}

/// <summary>What making a load cost. Null is not measured: the system or the driver does not say.</summary>
public sealed record LoadGeneratorUsage
{
    /// <summary>Gets the processor time: of the generating thread for sockets, of the whole process for httpclient.</summary>
    public required double? CpuSeconds { get; init; }

    /// <summary>Gets the processor time of the whole process while the load was made, display and all.</summary>
    public required double ProcessCpuSeconds { get; init; }

    /// <summary>Gets what the whole process allocated on the managed heap while the load was made.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Gets the processors that it could use: 1 for the thread of sockets, all of the process for httpclient.</summary>
    public required int Cores { get; init; }

    /// <summary>Gets the share of these processors that it used, 0 to 1.</summary>
    public required double? CpuShare { get; init; }

    /// <summary>Gets the bytes received; of httpclient those of bodies.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Gets the bytes sent.</summary>
    public required long? BytesSent { get; init; }

    /// <summary>Gets the connections made.</summary>
    public required long? ConnectionsOpened { get; init; }
}

/// <summary>A threshold as it was given, with what came of it.</summary>
/// <param name="Threshold">The condition.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Value">The measured value in the unit of the limit (seconds, a ratio, a count, or per second); null when not measured.</param>
/// <param name="Sentence">One sentence for a reader.</param>
public sealed record LoadTestThreshold(string Threshold, LoadThresholdOutcome Outcome, double? Value, string Sentence);
