using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Tests;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording.Findings;

namespace PerfLab.Reporting.Tests;

public sealed class ExportFindingTests
{
    private static readonly RejectedExport s_wrongPath = new(ExportTransport.Http, 404, ExportRejectionReason.UnknownPath, "//v1/traces", 3);

    [Fact]
    public void Rejected_exports_are_added_up_and_named_with_status_path_and_remedy()
    {
        var analysis = Analyze(s_wrongPath);

        var finding = Assert.Single(analysis.Findings, finding => finding.Code == "exports-rejected");
        Assert.Equal((FindingSeverity.Warning, "on"), (finding.Severity, finding.Subject));
        var text = FindingWording.Of(finding);
        Assert.Equal("18 exports reached the collector and were rejected: 18 to //v1/traces (HTTP 404, unknown path).", text.Facts);
        Assert.Contains("slash", text.Advice, StringComparison.Ordinal);
        Assert.Equal([s_wrongPath with { Count = 18 }], RunSummary.From(analysis).Arms[2].RejectedExports);
    }

    [Fact]
    public void What_a_fault_rejected_on_purpose_gives_no_finding()
    {
        var analysis = Analyze(new RejectedExport(ExportTransport.Grpc, 14, ExportRejectionReason.InjectedFault, "/x", 3));

        Assert.DoesNotContain(analysis.Findings, finding => finding.Code == "exports-rejected");
        Assert.Single(RunSummary.From(analysis).Arms[2].RejectedExports);
    }

    // 1 of 1,000 is 0.1 %, 1 of 999 is more.
    [Theory]
    [InlineData(999, FindingSeverity.Note)]
    [InlineData(998, FindingSeverity.Warning)]
    public void Up_to_a_thousandth_of_the_exports_it_is_a_note(long taken, FindingSeverity expected)
    {
        var analysis = Analyze(s_wrongPath with { Count = 1 }, taken);

        Assert.Equal(expected, Assert.Single(analysis.Findings, finding => finding.Code == "exports-rejected").Severity);
    }

    [Fact]
    public void Exports_without_spans_are_named_with_the_keys_that_json_has()
    {
        var analysis = Analyze(null, taken: 10, empty: 10);

        var finding = Assert.Single(analysis.Findings, finding => finding.Code == "exports-without-spans");
        var text = FindingWording.Of(finding);
        Assert.Equal("60 of 60 accepted exports held no spans.", text.Facts);
        Assert.Contains("resourceSpans", text.Advice, StringComparison.Ordinal);
        Assert.Equal(60, RunSummary.From(analysis).Arms[2].ExportsWithoutSpansCount);
    }

    [Fact]
    public void The_share_of_rejected_exports_is_of_all_that_reached_the_collector()
    {
        var ledger = LabRun.Arm("off").Spans with { ExportRequestCount = 0 };

        Assert.Equal(0, RejectedExport.ShareOf(ledger));
        Assert.Equal(1, RejectedExport.ShareOf(ledger with { RejectedExports = [s_wrongPath] }));
        Assert.Equal(0.75, RejectedExport.ShareOf(ledger with { ExportRequestCount = 1, RejectedExports = [s_wrongPath] }));
        Assert.Equal(0, RejectedExport.ShareOf(ledger with { RejectedExports = [s_wrongPath with { Path = "/v1/v1/metrics" }] }));
    }

    private static RunAnalysis Analyze(RejectedExport? rejected, long taken = 0, long empty = 0) => RunAnalyzer.Analyze(
        LabRun.Manifest,
        LabRun.Plan(6, "on"),
        [.. Enumerable.Range(1, 6).Select(number => LabRun.Launch(number, LabRun.Arm("off"), LabRun.Arm("off'"), Arm(rejected, taken, empty)))],
        [],
        new RunOutcome(1, true, 6, 0, null, 300));

    private static ArmRecord Arm(RejectedExport? rejected, long taken, long empty)
    {
        var arm = LabRun.Arm("on");
        return arm with { Spans = arm.Spans with { ExportRequestCount = taken, ExportsWithoutSpansCount = empty, RejectedExports = rejected is null ? [] : [rejected] } };
    }
}
