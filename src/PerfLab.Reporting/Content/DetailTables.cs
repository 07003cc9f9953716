using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Content;

/// <summary>Writes out every number of every metric.</summary>
internal static class DetailTables
{
    private const string Nothing = "–";

    private static readonly string[] Headers =
        ["Arm", "Median", "Change", "Interval", "Difference", "Interval of the difference", "Detectable", "Adjusted p: no change", "Adjusted p: within the threshold", "Verdict", "Why not decided", "Value of each launch set"];

    /// <summary>Builds one table for each metric that has a value somewhere.</summary>
    public static IReadOnlyList<DetailTable> Build(RunAnalysis analysis) =>
        [.. MetricCatalog.All
            .Where(metric => analysis.Arms.Any(arm => MetricTables.Find(arm, metric.Id)?.Value is not null))
            .Select(metric => Build(metric, analysis))];

    /// <summary>Says which programs of an arm the CPU time is of, where it has several processes; null where none has.</summary>
    public static DetailTable? Programs(RunAnalysis analysis)
    {
        var format = QuantityFormat.ForColumn(MetricUnit.Seconds, analysis.Arms.SelectMany(arm => arm.Programs).Select(program => (double?)program.CpuSecondsPerRequest));
        IReadOnlyList<string>[] rows =
        [
            .. from arm in analysis.Arms
               from program in arm.Programs
               select (string[])[arm.Name, DisplayText.Name(program.Program), DisplayText.Count(program.ProcessCount), format.WithUnit(program.CpuSecondsPerRequest), (100 * program.Ratio).ToString("0.0", CultureInfo.InvariantCulture) + " %"],
        ];
        return rows.Length == 0 ? null : new DetailTable("CPU per request by program", ["Arm", "Program", "Processes", "CPU per request", "Share"], rows);
    }

    private static DetailTable Build(MetricDefinition metric, RunAnalysis analysis)
    {
        var format = new MetricColumnFormat(metric, analysis);
        var rows = analysis.Arms.Select(arm => Row(arm, MetricTables.Find(arm, metric.Id), format));
        return new DetailTable(format.Column.TitleWithUnit, Headers, [.. rows]);
    }

    private static IReadOnlyList<string> Row(ArmAnalysis arm, MetricComparison? comparison, MetricColumnFormat format)
    {
        if (comparison is null)
        {
            return [arm.Name, .. Enumerable.Repeat(Nothing, Headers.Length - 1)];
        }

        var isBaseline = arm.Role == ArmRole.Baseline;
        return
        [
            arm.Name,
            format.Value(comparison.Value) ?? Nothing,
            isBaseline ? Nothing : format.Change(comparison.Ratio) ?? Nothing,
            isBaseline ? Nothing : format.ChangeRange(comparison.Ratio) ?? Nothing,
            isBaseline ? Nothing : format.Difference(comparison.Difference) ?? Nothing,
            isBaseline ? Nothing : format.DifferenceRange(comparison.Difference) ?? Nothing,
            comparison.DetectableEffect is { } effect ? MetricColumnFormat.Effect(effect) : Nothing,
            comparison.AdjustedPValue is { } p ? PValue(p) : Nothing,
            comparison.AdjustedThresholdPValue is { } beyond ? PValue(beyond) : Nothing,
            isBaseline || comparison.Verdict is null ? Nothing : Words(VerdictLabel.For(comparison)),
            VerdictWording.Undecided(comparison) ?? Nothing,
            string.Join("  ", comparison.Samples.Select(sample => format.Value(sample) ?? Nothing)),
        ];
    }

    private static string Words(VerdictLabel label) => $"{label.Sign} {label.Word}";

    private static string PValue(double p) => p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);
}

/// <summary>Every number of one metric, for who wants to check.</summary>
/// <param name="Title">The metric with its unit.</param>
/// <param name="Headers">Column titles; the first is the arm.</param>
/// <param name="Rows">One for each arm; as many cells as headers.</param>
internal sealed record DetailTable(string Title, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows);
