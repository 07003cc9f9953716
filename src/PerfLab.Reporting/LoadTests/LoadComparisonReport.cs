using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.LoadTests;

/// <summary>What a person sees of two load tests side by side. Pure: everything is in the comparison.</summary>
public static class LoadComparisonReport
{
    // Of fewer answers beyond it, a percentile is one of the few largest.
    private const double FewestBeyond = 10;

    private const int NameWidth = 24;

    /// <summary>Composes the lines, aligned for a font of fixed width.</summary>
    /// <param name="comparison">The two load tests.</param>
    public static IReadOnlyList<TerminalText> Compose(LoadTestComparison comparison) =>
    [
        new("A  " + Describe(comparison.First), TerminalStyle.Muted),
        new("B  " + Describe(comparison.Second), TerminalStyle.Muted),
        .. comparison.Differences.Select(difference => new TerminalText($"!  Not the same load: {Difference(difference)}.", TerminalStyle.Doubtful)),
        new(string.Empty),
        new(Row(string.Empty, "A", "B", "B against A", "second by second"), TerminalStyle.Strong),
        .. comparison.Changes.Where(change => HasEnough(change, comparison)).Select(change => Line(Noun(change.Quantity), change)),
        .. Errors(comparison),
        .. comparison.Requests.GroupBy(change => change.Request!).SelectMany(request => Request(request.Key, [.. request], comparison)),
        new(string.Empty),
        new("These are two single runs, not interleaved: each change includes what else changed on the machines in between.", TerminalStyle.Muted),
        new("The last column is a 95 % interval over the seconds within the two runs. It says nothing of other runs: repeat", TerminalStyle.Muted),
        new("both, or run a scenario, which interleaves its variants.", TerminalStyle.Muted),
    ];

    /// <summary>Says in which settings two loads differ, for a message that refuses to compare them.</summary>
    /// <param name="comparison">The two load tests.</param>
    public static IReadOnlyList<string> Differences(LoadTestComparison comparison) => [.. comparison.Differences.Select(Difference)];

    /// <summary>Says what came of a condition.</summary>
    /// <param name="result">The condition with its change.</param>
    public static TerminalText Compose(ChangeConditionResult result)
    {
        var name = Noun(result.Change.Quantity) + (result.Change.Request is { } request ? $" of {DisplayText.Name(request)}" : string.Empty);
        return result.Holds switch
        {
            null => new($"NOT {result.Condition.Text} cannot be judged: {name} was not measured in both, and what is missing does not pass.", TerminalStyle.Bad),
            true => new($"NOT {result.Condition.Text} holds: {name} changed by {Change(result.Change)}.", TerminalStyle.Bad),
            false => new($"ok  {result.Condition.Text} does not hold: {name} changed by {Change(result.Change)}.", TerminalStyle.Good),
        };
    }

    private static IEnumerable<TerminalText> Request(string name, LoadTestChange[] changes, LoadTestComparison comparison) =>
    [
        new(string.Empty),
        new(DisplayText.Name(name), TerminalStyle.Strong),
        .. changes.Where(change => HasEnough(change, comparison)).Select(change => Line("  " + Noun(change.Quantity), change)),
    ];

    private static IEnumerable<TerminalText> Errors(LoadTestComparison comparison) =>
        from kind in comparison.First.Errors.Keys.Union(comparison.Second.Errors.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
        let before = comparison.First.Errors.GetValueOrDefault(kind)
        let after = comparison.Second.Errors.GetValueOrDefault(kind)
        select new TerminalText(Row("  " + DisplayText.Clean(kind), DisplayText.Count(before), DisplayText.Count(after), (after - before).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture), string.Empty));

    // The largest and the mean need one answer, a percentile some beyond it.
    private static bool HasEnough(LoadTestChange change, LoadTestComparison comparison) =>
        change.Quantity is not ThresholdQuantity.ResponseTime { Statistic: TimeStatistic.Percentile(var percent) }
        || new[] { comparison.First, comparison.Second }.All(record => AnswersOf(record, change.Request) * (100 - percent) / 100 >= FewestBeyond);

    private static long AnswersOf(LoadTestRecord record, string? request) =>
        (request is null ? record.ResponseTime : record.Requests.FirstOrDefault(one => one.Name == request)?.ResponseTime)?.Count ?? 0;

    private static string Describe(LoadTestRecord record) => DisplayText.Clean(string.Create(
        CultureInfo.InvariantCulture,
        $"{record.Setting.Method} {record.Setting.Url}: {record.Setting.Simulations}, {record.Setting.Driver}, HTTP/{record.Setting.HttpVersion}, seed {record.Setting.Seed}"));

    private static string Difference(LoadTestDifference difference) =>
        DisplayText.Clean($"{Noun(difference.Setting)} is {difference.First} in A and {difference.Second} in B");

    private static string Noun(LoadTestSettingKind setting) => setting switch
    {
        LoadTestSettingKind.Load => "the load",
        LoadTestSettingKind.WarmUp => "the warm-up in seconds",
        LoadTestSettingKind.Requests => "what is requested",
        LoadTestSettingKind.Driver => "the driver",
        LoadTestSettingKind.HttpVersion => "the version of HTTP",
        LoadTestSettingKind.MaxInFlight => "the bound on requests in flight",
        _ => "the measured length",
    };

    private static string Noun(ThresholdQuantity quantity) => quantity switch
    {
        ThresholdQuantity.AnsweredRate => "answered/s",
        ThresholdQuantity.ErrorShare => "errors",
        ThresholdQuantity.ResponseTime { Statistic: TimeStatistic.Percentile(var percent) } => string.Create(CultureInfo.InvariantCulture, $"p{percent}"),
        ThresholdQuantity.ResponseTime { Statistic: TimeStatistic.Mean } => "mean",
        _ => "max",
    };

    private static TerminalText Line(string name, LoadTestChange change) =>
        new(Row(name, Value(change, change.First), Value(change, change.Second), change.Change is null ? "-" : Change(change), Seconds(change)));

    private static string Value(LoadTestChange change, double? value) => value is not { } known ? "-" : change.Quantity switch
    {
        ThresholdQuantity.AnsweredRate => known.ToString("#,0.0", CultureInfo.InvariantCulture),
        ThresholdQuantity.ErrorShare => ArmHealthWording.Percent(known),
        _ => LatencyTable.Duration(known),
    };

    private static string Change(LoadTestChange change) => change.Quantity is ThresholdQuantity.ErrorShare
        ? string.Create(CultureInfo.InvariantCulture, $"{change.Change * 100:+0.###;-0.###;0} points")
        : string.Create(CultureInfo.InvariantCulture, $"{change.Change * 100:+0.0;-0.0;0.0} %");

    private static string Seconds(LoadTestChange change) => change.Seconds is not { } seconds ? string.Empty
        : change.Quantity is ThresholdQuantity.ErrorShare
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds.Low * 100:+0.###;-0.###;0} to {seconds.High * 100:+0.###;-0.###;0} points")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds.Low * 100:+0.0;-0.0;0.0} to {seconds.High * 100:+0.0;-0.0;0.0} %");

    private static string Row(string name, string first, string second, string change, string seconds) =>
        $"{(name.Length <= NameWidth ? name : string.Concat(name.AsSpan(0, NameWidth - 3), "...")),-NameWidth}{first,14}{second,14}{change,16}{seconds,26}".TrimEnd();
}
