using PerfLab.Analysis;
using PerfLab.Analysis.Tests;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public class ArmHealthWordingTests
{
    [Theory]
    [InlineData(ArmState.Impaired, ArmFaultKind.SpansLost, 40, 18_000, "on lost 0.22 % of its spans (40 of 18,000), so that its cost is a lower bound.")]
    [InlineData(ArmState.Broken, ArmFaultKind.NothingExported, 0, 24_000, "on is broken: it exported nothing in 6 launch sets.")]
    [InlineData(ArmState.Broken, ArmFaultKind.ExportsRejected, 120, 120, "on is broken: it had 120 of 120 exports rejected by the collector, so that its cost is a lower bound.")]
    [InlineData(ArmState.Broken, ArmFaultKind.SentThoughSilent, 5, 24_000, "on is broken: it sent 5 exports although it is told to send none.")]
    [InlineData(ArmState.Broken, ArmFaultKind.InvalidIds, 18_000, 18_000, "on is broken: it sent 18,000 of 18,000 spans without a valid trace id and span id, so that its cost is a lower bound.")]
    [InlineData(ArmState.Broken, ArmFaultKind.ExportedThoughSilent, 60, 24_000, "on is broken: it exported 60 spans although it is told to export none.")]
    [InlineData(ArmState.Impaired, ArmFaultKind.SpansSurplus, 12, 6_000, "on exported 12 spans more than the 6,000 that it sampled.")]
    [InlineData(ArmState.Broken, ArmFaultKind.RequestsFailed, 120, 6_000, "on is broken: it failed 2 % of its requests (120 of 6,000).")]
    public void A_fault_is_said_with_its_numbers(ArmState state, ArmFaultKind kind, long count, long of, string sentence) =>
        Assert.Equal(sentence, ArmHealthWording.Sentence(With(new ArmHealth { State = state, Spans = SpanBalance.NotMeasured, SpansLostRatio = null, Faults = [new ArmFault(kind, count, of, 6)] })));

    [Fact]
    public void A_few_lost_spans_are_a_figure()
    {
        // 3 of 1,200,000 are 0.00025 %.
        var analysis = LabRun.Analyze(
            LabRun.Plan(6, "on"),
            [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on") with { Spans = LabRun.Ledger(200_000, i == 6 ? 199_997 : 200_000) }))]);

        Assert.Equal("0.0003 % of its spans lost.", ArmHealthWording.Sentence(analysis.Arm("on")));
        Assert.Null(ArmHealthWording.Sentence(analysis.Arm("off")));
    }

    [Theory]
    [InlineData(0.0000025, "0.0003 %")]
    [InlineData(0.00000095, "0.0001 %")]
    [InlineData(0.00000051, "0.0001 %")]
    [InlineData(0.00000049, "0.00005 %")]
    [InlineData(0.00000000012, "0.00000001 %")]
    [InlineData(0.00005, "0.005 %")]
    [InlineData(0.0125, "1.25 %")]
    [InlineData(1, "100 %")]
    public void A_share_above_zero_is_never_shown_as_zero(double ratio, string text) => Assert.Equal(text, ArmHealthWording.Percent(ratio));

    [Theory]
    [InlineData(SpanLossLocation.BackEnd, "5 reached the back end, which did not take them")]
    [InlineData(SpanLossLocation.Exporter, "5 were given up by the exporter, whose exports failed")]
    [InlineData(SpanLossLocation.Process, "5 were lost with a process that was killed or failed")]
    public void A_loss_is_said_with_its_place(SpanLossLocation place, string clause) => Assert.Equal(clause, SpanLossWording.Of(new SpanLoss(place, 5)));

    private static ArmAnalysis With(ArmHealth health) =>
        LabRun.Analyze(LabRun.Plan(1, "on"), LabRun.Launch(1, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on"))).Arm("on") with { Health = health };
}
