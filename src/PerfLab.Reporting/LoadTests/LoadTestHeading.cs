using System.Globalization;
using PerfLab.Experiments.Results.LoadTests;
using PerfLab.Reporting.Formatting;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Reporting.LoadTests;

/// <summary>The first lines of a load test's result: what was asked for, and what became of it.</summary>
internal static class LoadTestHeading
{
    public static IReadOnlyList<TerminalText> Of(LoadTestRecord record) =>
    [
        new(DisplayText.Clean($"{record.Setting.Method} {record.Setting.Url}"), TerminalStyle.Strong),
        new(Setting(record.Setting), TerminalStyle.Muted),
        .. record.Completed ? [] : new TerminalText[] { new(Text($"Interrupted after {record.WindowSeconds:0.0} s: this is what was measured until then."), TerminalStyle.Doubtful) },
        new(string.Empty),
        new("Rate        " + Rates(record)),
        new("Requests    " + Counts(record.Counts)),
        .. Errors(record),
    ];

    private static string Setting(LoadTestSetting setting)
    {
        var warmUp = setting.WarmUpSeconds > 0 ? Text($", after {setting.WarmUpSeconds:0.###} s of warm-up") : string.Empty;
        return Text($"{setting.Simulations}{warmUp}; {setting.Driver}, HTTP/{setting.HttpVersion}, at most {setting.MaxInFlight:#,0} in flight, seed {setting.Seed}");
    }

    private static string Rates(LoadTestRecord record)
    {
        var offered = record.OfferedPerSecond is { } rate ? Text($"offered {rate:#,0.0}/s, ") : string.Empty;
        return record.AchievedPerSecond is { } achieved
            ? Text($"{offered}achieved {achieved:#,0.0}/s, answered {record.AnsweredPerSecond:#,0.0}/s over the measured {record.WindowSeconds:#,0.0} s")
            : "not measured";
    }

    private static string Counts(LoadTestCounts counts)
    {
        var late = counts.Late is { } number ? Text($", {number:#,0} late (> 1 ms)") : string.Empty;
        return Text($"{counts.Offered:#,0} offered, {counts.Answered:#,0} answered, {counts.Dropped:#,0} dropped{late}, {counts.Errors:#,0} errors");
    }

    private static IEnumerable<TerminalText> Errors(LoadTestRecord record) => record.Errors
        .OrderByDescending(error => error.Value)
        .Select(error => new TerminalText(
            Text($"            {error.Value:#,0} {error.Key}: {DisplayText.Clean(record.ErrorExamples.GetValueOrDefault(error.Key, "no example"))}"),
            TerminalStyle.Costly));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
