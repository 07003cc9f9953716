using System.Globalization;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>Range and unit of every number in a scenario file. <c>scenario.schema.json</c> repeats what it can; a test compares.</summary>
internal static class Quantities
{
    private static readonly Dictionary<string, decimal> DurationUnits = new(StringComparer.Ordinal)
    {
        ["ms"] = 0.001m,
        ["s"] = 1m,
        ["m"] = 60m,
        ["h"] = 3600m,
    };

    private static readonly Dictionary<string, decimal> RateUnits = new(StringComparer.Ordinal) { ["/s"] = 1m };

    private static readonly Dictionary<string, decimal> PercentUnits = new(StringComparer.Ordinal) { ["%"] = 0.01m };

    private static readonly Dictionary<string, decimal> ByteUnits = new(StringComparer.Ordinal) { ["kB"] = 1e3m, ["MB"] = 1e6m, ["GB"] = 1e9m };

    private static readonly Dictionary<string, decimal> DayUnits = new(StringComparer.Ordinal) { ["d"] = 1m };

    public static Quantity<double> Rate { get; } = new()
    {
        Parse = text => Real(NumberText.WithUnit(text, "a rate", RateUnits, "1200/s")),
        Least = 1,
        Most = 1_000_000,
        Show = value => Format($"{value}/s"),
        Advice = "Set another rate, or use rate: auto for a pilot.",
        IsNumber = false,
    };

    // Above 80 % a queue grows without bound in bursts; below 10 % idle effects drown the cost (docs/measurement.md).
    public static Quantity<double> BusyShare { get; } = Percent(0.5, 0.95, "Above 80% a response time is mostly waiting for other requests; CPU per request is what it is in a busy service.");

    public static Quantity<double> CapacityShare { get; } = Percent(0.1, 0.8, "About 50% is best: busy, but far from saturation.");

    // Of a few requests in a slice no percentile can be told; above 95 % a queue outlives the slice.
    public static Quantity<double> LoadLevel { get; } = Percent(0.05, 0.95, "25% is a quiet hour, 75% the peak of most services.");

    public static Quantity<int> MaxInFlight { get; } = Whole(1, 10_000, "256 suits most services.");

    public static Quantity<int> ClosedLoop { get; } = Whole(1, 1000, "200 connections are a usual closed loop.");

    // Below six pairs the exact signed-rank test has no two-sided 95 % interval (1 - 2/2^5 = 93.75 %).
    public static Quantity<int> LaunchSets { get; } = Whole(6, 1000, "Below 6 no 95 % interval exists; 12 is a good start.");

    public static Quantity<int> Rounds { get; } = Whole(2, 10_000, "20 is a good start.");

    public static Quantity<TimeSpan> Slice { get; } = Duration(0.02, 10, "100ms is a good start.");

    // A process is started for each: below a second that is most of it.
    public static Quantity<TimeSpan> ToolSlice { get; } = Duration(1, 60, "A load tool runs for whole seconds; 2s is a good start.");

    public static Quantity<int> Connections { get; } = Whole(1, 10_000, "16 keep a core busy.");

    public static Quantity<TimeSpan> WarmUp { get; } = Duration(0.1, 600, "2s is a good start.");

    public static Quantity<TimeSpan> WarmUpLimit { get; } = Duration(0.1, 1800, "Three times the warm-up is a good start.");

    public static Quantity<TimeSpan> Budget { get; } = Duration(10, 86_400, "11m suits a scenario of six variants.");

    public static Quantity<TimeSpan> BuildLimit { get; } = Duration(1, 7200, "15m suits most services.");

    public static Quantity<TimeSpan> ReadyTimeout { get; } = Duration(0.1, 600, "30s suits most services.");

    public static Quantity<ulong> Seed { get; } = new()
    {
        Parse = NumberText.Seed,
        Least = ulong.MinValue,
        Most = ulong.MaxValue,
        Show = value => Format($"{value}"),
        Advice = "Any seed in this range is as good as another.",
        IsNumber = true,
    };

    public static Quantity<double> Weight { get; } = new()
    {
        Parse = NumberText.Plain,
        Least = 0.001,
        Most = 1_000_000,
        Show = value => Format($"{value}"),
        Advice = "Weights are relative to each other; 1 is usual. Remove a request that shall not be sent.",
        IsNumber = true,
    };

    public static Quantity<double> PracticalThreshold { get; } =
        Percent(0.0001, 1, "Give the largest difference that does not matter to you, for example 3%.");

    public static Quantity<TimeSpan> BackEndDelay { get; } = Duration(0.001, 60, "2s is slower than any back end should be.");

    public static Quantity<TimeSpan> RetryAfter { get; } = Duration(1, 3600, "1s is usual; HTTP knows whole seconds only.");

    public static Quantity<double> FaultShare { get; } = Percent(0.01, 1, "Give the share of the rounds in trouble, for example 50%.");

    // Exporters send a batch every five seconds by default; a minute is far beyond any trace that is still being written.
    public static Quantity<TimeSpan> TailWait { get; } = Duration(0.01, 60, "2s suits most services.");

    public static Quantity<TimeSpan> SlowerThan { get; } = Duration(0.001, 600, "Give the duration from which a request is too slow for you, for example 250ms.");

    public static Quantity<double> TailShare { get; } = Percent(0.0001, 1, "Give the share of traces to keep, for example 10%.");

    public static Quantity<int> TailTraces { get; } = Whole(1, 10_000_000, "50000 suits most services.");

    public static Quantity<long> TailBytes { get; } = new()
    {
        Parse = text => Bytes(NumberText.WithUnit(text, "a size", ByteUnits, "64MB")),
        Least = 100_000,
        Most = 16_000_000_000,
        Show = ShowBytes,
        Advice = "64MB suits most services.",
        IsNumber = false,
    };

    public static Quantity<double> RetentionRate { get; } = Rate with { Most = 2000, Advice = "100/s suits most services; all arms get it at once." };

    public static Quantity<TimeSpan> RetentionTime { get; } = Duration(0.1, 60, "A few seconds are enough; every launch set takes as much longer.");

    public static Quantity<TimeSpan> AlertWindow { get; } = Duration(0.1, 60, "2s suits a burst of some seconds.");

    public static Quantity<double> RetentionShare { get; } = Percent(0.001, 1, "Give its share of all requests, for example 1%.");

    public static Quantity<double> AlertShare { get; } = Percent(0.001, 1, "Give the share of traces from which the alert fires, for example 30%.");

    public static Quantity<int> AlertTraces { get; } = Whole(1, 1_000_000, "5 suits most services.");

    public static Quantity<double> Precision { get; } =
        Percent(0.0001, 1, "Give the smallest change that you want to find, for example 2%.");

    public static Quantity<double> Traffic { get; } = Rate with { Least = 0.001, Advice = "Give the average over a month, nights and weekends included." };

    public static Quantity<int> Hosts { get; } = Whole(1, 100_000, "Give the hosts that the service runs on.");

    public static Quantity<double> StorageDays { get; } = new()
    {
        Parse = text => Real(NumberText.WithUnit(text, "a number of days", DayUnits, "30d")),
        Least = 1,
        Most = 3650,
        Show = value => Format($"{value}d"),
        Advice = "Give the days for which traces are stored, for example 30d.",
        IsNumber = false,
    };

    public static Quantity<double> Price { get; } = Weight with { Least = 0, Advice = "Give the money for one unit in a month." };

    public static Quantity<double> FreeUnits { get; } = Weight with { Least = 0, Most = 1_000_000_000, Advice = "Give the units of a month that cost nothing." };

    private static Quantity<int> Whole(int least, int most, string advice) => new()
    {
        Parse = NumberText.Whole,
        Least = least,
        Most = most,
        Show = value => Format($"{value}"),
        Advice = advice,
        IsNumber = true,
    };

    private static Quantity<double> Percent(double least, double most, string advice) => new()
    {
        Parse = text => Real(NumberText.WithUnit(text, "a percentage", PercentUnits, "5%")),
        Least = least,
        Most = most,
        Show = value => Format($"{Math.Round(value * 100, 6)}%"),
        Advice = advice,
        IsNumber = false,
    };

    private static Quantity<TimeSpan> Duration(double leastSeconds, double mostSeconds, string advice) => new()
    {
        Parse = text => Time(NumberText.WithUnit(text, "a duration", DurationUnits, "100ms, 2s or 11m")),
        Least = TimeSpan.FromSeconds(leastSeconds),
        Most = TimeSpan.FromSeconds(mostSeconds),
        Show = ShowDuration,
        Advice = advice,
        IsNumber = false,
    };

    /// <summary>A duration in the largest unit that leaves a short number: <c>100ms</c>, <c>1.5s</c>, <c>11m</c>.</summary>
    public static string ShowDuration(TimeSpan value) => Math.Abs(value.TotalSeconds) switch
    {
        < 1 => Format($"{value.TotalMilliseconds}ms"),
        < 60 => Format($"{value.TotalSeconds}s"),
        < 3600 => Format($"{Math.Round(value.TotalMinutes, 2)}m"),
        _ => Format($"{Math.Round(value.TotalHours, 2)}h"),
    };

    private static string ShowBytes(long value) => value switch
    {
        < 1_000_000 => Format($"{value / 1e3}kB"),
        < 1_000_000_000 => Format($"{value / 1e6}MB"),
        _ => Format($"{value / 1e9}GB"),
    };

    private static Parsed<long> Bytes(Parsed<decimal> parsed) =>
        parsed.Problem is null ? (long)Math.Clamp(parsed.Value, long.MinValue, long.MaxValue) : (parsed.Problem, parsed.Advice!);

    private static Parsed<double> Real(Parsed<decimal> parsed) => parsed.Problem is null ? (double)parsed.Value : (parsed.Problem, parsed.Advice!);

    // Decimal seconds become ticks without rounding. What a TimeSpan cannot hold lies above every limit anyway.
    private static Parsed<TimeSpan> Time(Parsed<decimal> parsed)
    {
        const decimal TicksAtMost = long.MaxValue / 2;
        return parsed.Problem is null
            ? TimeSpan.FromTicks((long)Math.Clamp(parsed.Value * TimeSpan.TicksPerSecond, -TicksAtMost, TicksAtMost))
            : (parsed.Problem, parsed.Advice!);
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A budget as a person types it on a command line: the rules of <c>design.budget</c> in a scenario file.</summary>
public static class BudgetParser
{
    /// <summary>Reads a budget.</summary>
    /// <param name="text">For example <c>90s</c>, <c>40m</c> or <c>2h</c>.</param>
    /// <exception cref="FormatException">The text is no duration, or out of range; the message says what is and what to write.</exception>
    public static TimeSpan Parse(string text)
    {
        var parsed = Quantities.Budget.Read(new YamlText(YamlPath.Root, 1, 1, text, IsPlain: true));
        return parsed.Problem is null ? parsed.Value : throw new FormatException($"{parsed.Problem} {parsed.Advice}");
    }
}
