namespace PerfLab.Bench;

/// <summary>Something that the engine must show.</summary>
/// <param name="Name">What, with its unit.</param>
/// <param name="Limit">The bound, as text.</param>
/// <param name="Value">What was measured; null when it was not.</param>
/// <param name="Low">The lower end of a 95 % interval; null when there is none.</param>
/// <param name="High">The upper end.</param>
/// <param name="Outcome">Whether the value keeps the bound.</param>
public sealed record BenchGoal(string Name, string Limit, double? Value, double? Low, double? High, BenchOutcome Outcome);

/// <summary>Whether a goal was reached.</summary>
public enum BenchOutcome
{
    /// <summary>There is no value to judge.</summary>
    NotMeasured = 0,

    /// <summary>The value keeps its bound.</summary>
    Met = 1,

    /// <summary>It does not.</summary>
    Missed = 2,

    /// <summary>There is no bound; the value is told for comparison.</summary>
    Told = 3,

    /// <summary>The value does not keep its bound, and on this machine nothing could have: neither met nor missed.</summary>
    NotJudged = 4,
}

/// <summary>An estimate with its interval, as a bench writes it.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="Low">The lower end of the 95 % interval.</param>
/// <param name="High">The upper end.</param>
public sealed record BenchInterval(double Estimate, double Low, double High)
{
    /// <summary>Gets how far the ends lie from the middle.</summary>
    public double HalfWidth => (High - Low) / 2;
}

/// <summary>One closed loop of one tool at full speed on one processor.</summary>
public sealed record BenchRound
{
    /// <summary>Gets the round, from 1; a round has every tool once.</summary>
    public required int Round { get; init; }

    /// <summary>Gets the tool's name.</summary>
    public required string Tool { get; init; }

    /// <summary>Gets the answers.</summary>
    public required long Answered { get; init; }

    /// <summary>Gets what the tool calls errors.</summary>
    public required long Errors { get; init; }

    /// <summary>Gets the time in which they came.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// Gets the processor time of the tool's whole process: of others from start to end, of ours while the load was made,
    /// because starting .NET costs as much as thousands of requests.
    /// </summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Gets what the process allocated on the managed heap meanwhile; null for tools that have none.</summary>
    public required long? AllocatedBytes { get; init; }

    /// <summary>Gets the processor time per answer.</summary>
    public double CpuSecondsPerRequest => CpuSeconds / Answered;

    /// <summary>Gets the answers per second.</summary>
    public double AnsweredPerSecond => Answered / Seconds;
}

/// <summary>A generator in a bench.</summary>
/// <param name="Name"><c>sockets</c>, <c>httpclient</c>, <c>wrk</c> or <c>h2load</c>.</param>
/// <param name="Version">What it says of itself; null when it is absent.</param>
/// <param name="Absence">Why it was not measured and how to get it; null when it was.</param>
public sealed record BenchTool(string Name, string? Version, string? Absence);
