using System.Globalization;
using PerfLab.Analysis;
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
}
