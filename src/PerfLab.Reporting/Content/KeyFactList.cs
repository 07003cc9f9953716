using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Symptoms;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>Gathers the few figures that say how much work the numbers rest on.</summary>
internal static class KeyFactList
{
    /// <summary>Gathers them.</summary>
    public static IReadOnlyList<Fact> Compose(Manifest manifest, Plan plan, RunAnalysis analysis, RunOutcome? outcome)
    {
        var voided = analysis.VoidedLaunchSets == 0 ? string.Empty : $", {DisplayText.Count(analysis.VoidedLaunchSets)} voided";
        List<Fact> facts =
        [
            new("Launch sets", $"{DisplayText.Count(analysis.LaunchSets)} of {DisplayText.Count(analysis.PlannedLaunchSets)}{voided}"),
            new("Load on each arm", $"{DisplayText.Plain(Math.Round(plan.RatePerSecond, 1))} requests/s"),
            .. Busy(plan, analysis) is { } busy ? [new Fact("Kept its processors busy", busy)] : Array.Empty<Fact>(),
            new("Intervals", MetricColumnFormat.Percent(analysis.ConfidenceLevel)),
            new("Measured", manifest.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
        ];
        if (outcome is not null)
        {
            facts.Add(new Fact("Took", Duration(outcome.DurationSeconds)));
        }

        return facts;
    }

    /// <summary>Writes a duration as a reader says it: <c>42 s</c>, <c>9 min 42 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Duration(double seconds)
    {
        var whole = TimeSpan.FromSeconds(Math.Round(seconds));
        return whole.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalHours}\u00a0h {whole.Minutes}\u00a0min")
            : whole.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes}\u00a0min {whole.Seconds}\u00a0s")
            : string.Create(CultureInfo.InvariantCulture, $"{whole.Seconds}\u00a0s");
    }

    // Response times are to be read beside it, and so are costs (docs/measurement.md).
    private static string? Busy(Plan plan, RunAnalysis analysis)
    {
        double[] shares = [.. Utilisation.Of(plan, analysis.Arms).Select(arm => arm.BusyShare).Order()];
        return shares switch
        {
            [] => null,
            [var least, .., var most] when Percent(least) != Percent(most) => $"{Percent(least)} to {Percent(most)}\u00a0%",
            [var one, ..] => $"{Percent(one)}\u00a0%",
        };
    }

    private static string Percent(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture);
}
