using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Runs;

/// <summary>Exports of metrics and logs, which are no cost of tracing.</summary>
public sealed class OtherSignalTests
{
    // Metrics of an arm without an SDK, of variants where the baseline sends none, and of all arms alike.
    [Theory]
    [InlineData(5, 0, true, "off", FindingSeverity.Warning)]
    [InlineData(0, 5, false, "on", FindingSeverity.Note)]
    [InlineData(5, 5, false, null, null)]
    public void Exports_of_other_signals_are_named_where_they_are_in_the_comparison(long ofBaseline, long ofVariant, bool isDisabled, string? arm, FindingSeverity? severity)
    {
        var analysis = LabRun.OneVariant(
            (_, record) => record with { Spans = record.Spans with { OtherSignalExportCount = record.Arm == "on" ? ofVariant : ofBaseline } },
            LabRun.OneVariantWith("off", "OTEL_SDK_DISABLED", isDisabled ? "true" : "false"));

        var findings = analysis.Findings.Where(finding => finding.Code == "other-signals-exported").ToList();
        Assert.Equal(arm is not null, findings.Any(finding => finding.Subject == arm && finding.Severity == severity));
        Assert.Equal(arm is null, findings.Count == 0);
    }
}
