using System.Globalization;
using Microsoft.VisualBasic.FileIO;
using PerfLab.Analysis.Tests;
using PerfLab.Experiments;
using PerfLab.Reporting.Interchange;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

/// <summary>The tables for spreadsheets, read by a parser that others wrote.</summary>
public sealed class FigureCsvTests
{
    [Fact]
    public void Every_arm_and_metric_has_a_row_with_the_numbers_of_the_summary()
    {
        var (analysis, outcome) = ReferenceAnalysis.Of(ReferenceReports.Sampling);
        var summary = RunSummary.From(analysis);

        var rows = Read(FigureCsv.Comparisons(RunFigures.From(analysis, outcome)));

        Assert.Equal(
            summary.Arms.SelectMany(arm => arm.Metrics.Select(metric => (arm.Name, metric.Metric, metric.Value, metric.Ratio?.Low, metric.Difference?.High, metric.DetectableEffect))),
            rows.Select(row => (row["arm"], row["metric"], Number(row["value"]), Number(row["change_low_ratio"]), Number(row["difference_high"]), Number(row["detectable_change_ratio"]))));
        var cpu = rows.Single(row => row["arm"] == "always-on" && row["metric"] == "cpu");
        Assert.Equal(("20261129T010026Z-sampling-5ab8", "sampling", "main", "variant", "seconds", "slower"), (cpu["run"], cpu["scenario"], cpu["load"], cpu["role"], cpu["unit"], cpu["verdict"]));
        Assert.Equal(string.Empty, rows[0]["change_ratio"]);
    }

    [Fact]
    public void Every_launch_set_and_arm_has_a_row_with_what_was_measured()
    {
        var (analysis, outcome) = ReferenceAnalysis.Of(ReferenceReports.Tail);

        var rows = Read(FigureCsv.Samples(RunFigures.From(analysis, outcome)));

        Assert.Equal(
            from launchSet in Enumerable.Range(0, analysis.LaunchSets)
            from arm in analysis.Arms
            select ($"{launchSet + 1}", arm.Name, arm.Get(MetricId.Cpu).Samples[launchSet], arm.Get(MetricId.Errors).Samples[launchSet], arm.Get(MetricId.CollectorMemory).Samples[launchSet]),
            rows.Select(row => (row["launch_set"], row["arm"], Number(row["cpu_seconds"]), Number(row["errors_ratio"]), Number(row["collector_memory_bytes"]))));
        Assert.Contains("exported_bytes", rows[0].Keys);
        Assert.Contains("exported_spans", rows[0].Keys);
    }

    [Fact]
    public void A_run_at_several_loads_has_rows_of_each()
    {
        var run = RunFigures.From(LoadLevelSectionTests.Run(), null);

        var comparisons = Read(FigureCsv.Comparisons(run));
        var samples = Read(FigureCsv.Samples(run));

        Assert.Equal(["main 1450 0.6", "0.25 600 0.25", "0.92 2200 0.92"], comparisons.Select(row => $"{row["load"]} {row["load_rate_per_second"]} {row["load_capacity_ratio"]}").Distinct());
        Assert.Equal("0.1", comparisons.Single(row => row["load"] == "0.25" && row["arm"] == "always-on" && row["metric"] == "cpu")["change_ratio"]);
        Assert.Equal(["main", "0.25", "0.92"], samples.Select(row => row["load"]).Distinct());
        Assert.All(samples.Where(row => row["load"] != "main"), row => Assert.Equal(string.Empty, row["working_set_bytes"]));
    }

    [Fact]
    public void Hostile_names_stay_data_and_no_spreadsheet_calculates_with_them()
    {
        string[] formulas = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\"=1\"", "a,b\r\nc"];
        var run = HostileRun.Create();
        run = new SyntheticRun { RunId = "=HYPERLINK(\"https://evil.example\")", Arms = [.. run.Arms, .. formulas.Select(name => run.Arms[2] with { Name = name })] };

        var rows = Read(FigureCsv.Comparisons(RunFigures.From(run.Analysis(), null)));
        var samples = Read(FigureCsv.Samples(RunFigures.From(run.Analysis(), null)));

        string[] expected = [.. HostileRun.Names, "'=cmd|' /C calc'!A0", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "\"=1\"", "a,b\r\nc"];
        Assert.Equal(expected.Select(Shown), rows.Select(row => row["arm"]).Distinct());
        Assert.Equal(expected.Select(Shown), samples.Select(row => row["arm"]).Distinct());
        Assert.All(rows, row => Assert.Equal("'=HYPERLINK(\"https://evil.example\")", row["run"]));

        // One of them begins with an at sign, and is a formula too.
        static string Shown(string name) => name.StartsWith('@') ? "'" + name : name;
    }

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    // A row with more or fewer fields than the header cannot be read.
    private static List<Dictionary<string, string>> Read(string csv)
    {
        using var parser = new TextFieldParser(new StringReader(csv)) { TextFieldType = FieldType.Delimited, TrimWhiteSpace = false };
        parser.SetDelimiters(",");
        var header = parser.ReadFields()!;
        var rows = new List<Dictionary<string, string>>();
        while (parser.ReadFields() is { } fields)
        {
            Assert.Equal(header.Length, fields.Length);
            rows.Add(header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
        }

        return rows;
    }
}
