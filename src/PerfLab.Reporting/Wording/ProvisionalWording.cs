using PerfLab.Analysis;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Wording;

/// <summary>What a look at a run that goes on sees of an arm.</summary>
public static class ProvisionalWording
{
    /// <summary>Says it in a line: <c>always-on: CPU per request +10.2 % (8.0 to 12.5), allocated per request +22.1 % (21.9 to 22.3)</c>.</summary>
    public static string Of(ArmAnalysis arm)
    {
        var changes = MetricCatalog.All
            .Where(metric => metric.IsPrimary)
            .Select(metric => (metric.InSentence, MetricTables.Find(arm, metric.Id)?.Ratio))
            .Where(change => change.Ratio is not null)
            .Select(change => $"{change.InSentence} {PercentText.Change(change.Ratio!)}");
        return $"{DisplayText.Name(arm.Name)}: {string.Join(", ", changes)}";
    }
}
