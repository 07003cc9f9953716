using System.Globalization;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis;

/// <summary>Two load tests side by side.</summary>
public sealed record LoadTestComparison
{
    /// <summary>Gets what is compared with.</summary>
    public required LoadTestRecord First { get; init; }

    /// <summary>Gets what is compared.</summary>
    public required LoadTestRecord Second { get; init; }

    /// <summary>Gets in what the two loads differ; empty where they are the same load.</summary>
    public required IReadOnlyList<LoadTestDifference> Differences { get; init; }

    /// <summary>Gets the changes of all requests together.</summary>
    public required IReadOnlyList<LoadTestChange> Changes { get; init; }

    /// <summary>Gets the changes of the requests that both have by name; empty where one of them has no names.</summary>
    public required IReadOnlyList<LoadTestChange> Requests { get; init; }
}

/// <summary>A number of two load tests.</summary>
/// <param name="Quantity">Which number.</param>
/// <param name="Request">The name of the requests; null for all together.</param>
/// <param name="First">The first one's value in the quantity's unit; null where not measured.</param>
/// <param name="Second">The second one's value; null where not measured.</param>
/// <param name="Change">The relative change as a ratio, of the share of errors the difference; null where one is missing or there is no ratio to 0.</param>
/// <param name="Seconds">The same change estimated from second to second of the two runs; null where the seconds do not have it.</param>
public sealed record LoadTestChange(ThresholdQuantity Quantity, string? Request, double? First, double? Second, double? Change, Interval? Seconds);

/// <summary>What came of a condition on a change.</summary>
/// <param name="Condition">The condition, which must not hold.</param>
/// <param name="Change">The change that it is about.</param>
/// <param name="Holds">Whether it holds; null where a value is missing.</param>
public sealed record ChangeConditionResult(ChangeCondition Condition, LoadTestChange Change, bool? Holds);

/// <summary>Why two load tests, or two runs, cannot judge a condition.</summary>
public enum ChangeConditionFault
{
    /// <summary>They can.</summary>
    None = 0,

    /// <summary>One of them has no requests of this name.</summary>
    NoSuchRequest = 1,

    /// <summary>The percentile is none of those that are kept.</summary>
    NoSuchPercentile = 2,

    /// <summary>Neither run has an arm of this name.</summary>
    NoSuchArm = 3,

    /// <summary>The arm is the baseline or the control of each run that has it: there is nothing over which it could cost more.</summary>
    NoOverhead = 4,
}

/// <summary>A setting in which two load tests differ.</summary>
/// <param name="Setting">Which.</param>
/// <param name="First">The first one's.</param>
/// <param name="Second">The second one's.</param>
public sealed record LoadTestDifference(LoadTestSettingKind Setting, string First, string Second)
{
    /// <summary>Finds the differences that make two load tests different loads. Host and seed may differ.</summary>
    internal static IReadOnlyList<LoadTestDifference> Between(LoadTestRecord first, LoadTestRecord second)
    {
        var areRequestsKnown = first.Setting.Requests is not null && second.Setting.Requests is not null;
        return
        [
            .. Of(LoadTestSettingKind.Load, first, second, record => record.Setting.Simulations),
            .. Of(LoadTestSettingKind.WarmUp, first, second, record => record.Setting.WarmUpSeconds.ToString(CultureInfo.InvariantCulture)),
            .. areRequestsKnown
                ? Of(LoadTestSettingKind.Requests, first, second, record => string.Join(", ", record.Setting.Requests!.Select(Text)))
                : Of(LoadTestSettingKind.Requests, first, second, record => $"{record.Setting.Method} {PathOf(record.Setting.Url)}{string.Concat(record.Requests.Select(request => " " + request.Name))}"),
            .. Of(LoadTestSettingKind.Driver, first, second, record => record.Setting.Driver),
            .. Of(LoadTestSettingKind.HttpVersion, first, second, record => record.Setting.HttpVersion),
            .. Of(LoadTestSettingKind.MaxInFlight, first, second, record => record.Setting.MaxInFlight.ToString(CultureInfo.InvariantCulture)),
            .. first.Completed && second.Completed ? [] : new[] { new LoadTestDifference(LoadTestSettingKind.Length, Length(first), Length(second)) },
        ];
    }

    private static IEnumerable<LoadTestDifference> Of(LoadTestSettingKind setting, LoadTestRecord first, LoadTestRecord second, Func<LoadTestRecord, string> read)
    {
        var (one, other) = (read(first), read(second));
        return one == other ? [] : [new LoadTestDifference(setting, one, other)];
    }

    private static string Text(LoadTestRequestSetting request) => string.Create(
        CultureInfo.InvariantCulture, $"{request.Name}={request.Method} {request.Path} {request.Weight} -> {request.ExpectedStatus}{(request.BodySha256 is { } body ? $" (body {body[..8]})" : string.Empty)}");

    private static string PathOf(string url)
    {
        var authority = url.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        var path = url.IndexOf('/', authority);
        return path < 0 ? "/" : url[path..];
    }

    private static string Length(LoadTestRecord record) => string.Create(CultureInfo.InvariantCulture, $"{record.WindowSeconds:0.0} s{(record.Completed ? string.Empty : " (interrupted)")}");
}

/// <summary>What makes a load the load that it is.</summary>
public enum LoadTestSettingKind
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>The simulations: rates, connections and durations.</summary>
    Load = 1,

    /// <summary>The load before the measured one, in seconds.</summary>
    WarmUp = 2,

    /// <summary>The requests.</summary>
    Requests = 3,

    /// <summary>The driver.</summary>
    Driver = 4,

    /// <summary>The version of HTTP.</summary>
    HttpVersion = 5,

    /// <summary>The bound on requests in flight.</summary>
    MaxInFlight = 6,

    /// <summary>How much of the load was made.</summary>
    Length = 7,
}
