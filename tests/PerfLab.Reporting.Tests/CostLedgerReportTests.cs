using PerfLab.Analysis;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Tests;

/// <summary>The cost ledger in words, tables and a chart.</summary>
public sealed class CostLedgerReportTests
{
    [Fact]
    public void The_headline_says_how_much_is_explained_with_its_interval() =>
        // 71 us of 100 us; sqrt((5 / 71)^2 + (6 / 100)^2) = 0.0925 of 71 % are 6.6 %.
        Assert.Equal("always-on: explained 71 % (64 to 78) of the CPU time; explained 97 % (95 to 99) of the allocated bytes.", Assert.Single(Report(Arm()).Headlines).Text);

    [Fact]
    public void An_overhead_that_may_be_none_has_no_share()
    {
        var arm = Arm() with { MeasuredNanosecondsPerRequest = new LayerInterval(1_000, -500, 2_500) };

        Assert.StartsWith("always-on: the overhead in CPU time may be none, so no share of it is explained;", Assert.Single(Report(arm).Headlines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rows_are_the_layers_then_the_collector_the_sum_the_measured_and_the_rest()
    {
        var rows = Assert.Single(Report(Arm()).Sections).Rows;

        Assert.Equal(["export", "garbage collector, pauses", "sum of the layers", "measured", "not explained"], rows.Select(row => row[0]));
        Assert.All(rows, row => Assert.True(row.Sum(cell => cell.Length) < 70, string.Join('|', row)));
        Assert.Equal("29.0 us", rows[^1][2].Replace('µ', 'u'));
    }

    [Fact]
    public void What_an_arm_costs_more_than_the_one_before_it_is_a_table_of_its_own()
    {
        var more = Arm() with { Increment = new CostIncrement("ratio-50", new LayerInterval(30_000, 20_000, 41_000), new LayerInterval(24_000, 22_000, 26_000), new LayerInterval(2_000, 1_900, 2_100), 1_950) };

        var table = Report(Arm() with { Arm = "ratio-50" }, more).Sections[^1];

        Assert.Equal("From arm to arm", table.Title);
        Assert.Equal(["always-on", "30.0 us", "20.0 us to 41.0 us", "24.0 us", "2,000", "1,950"], Assert.Single(table.Rows).Select(cell => cell.Replace('µ', 'u')));
    }

    [Fact]
    public void It_is_written_with_its_chart_into_the_folder_of_the_run()
    {
        var folder = Directory.CreateTempSubdirectory("perflab-ledger-");
        try
        {
            var text = File.ReadAllText(Report(Arm()).Write(folder.FullName));

            Assert.Contains("| not explained |", text, StringComparison.Ordinal);
            Assert.True(new FileInfo(Path.Combine(folder.FullName, "ledger.png")).Length > 5_000);
            Assert.Contains("ASP.NET Core instrumentation", File.ReadAllText(Path.Combine(folder.FullName, "ledger.svg")), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CostLedgerReport Report(params IReadOnlyList<ArmCostLedger> arms) => new("20261101T120000Z-sampling-abcd", Layers(), arms);

    private static ArmCostLedger Arm() => new()
    {
        Arm = "always-on",
        CreatedSpansPerRequest = 11,
        SampledSpansPerRequest = 11,
        SpansPerExport = 500,
        Rows = [new CostLedgerRow(CostLedgerPart.Export, 0.022, new LayerInterval(70_000, 65_000, 75_000), new LayerInterval(90_000, 80_000, 100_000), 9_700)],
        CollectorNanosecondsPerRequest = new LayerInterval(1_000, 1_000, 1_000),
        SumNanosecondsPerRequest = new LayerInterval(71_000, 66_000, 76_000),
        MeasuredNanosecondsPerRequest = new LayerInterval(100_000, 94_000, 106_000),
        MeasuredBytesPerRequest = new LayerInterval(10_000, 9_800, 10_200),
    };

    private static MicroBenchmarkRecord Layers() => new()
    {
        FormatVersion = MicroBenchmarkRecord.CurrentFormatVersion,
        Started = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero),
        Mode = MicroBenchmarkMode.Full,
        Machine = null,
        Versions = new Dictionary<string, string>(),
        AllocationDeviations = [],
        Layers = [],
    };
}
