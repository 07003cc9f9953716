using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed class ArmHealthReportTests
{
    private static readonly ArmFault s_nothing = new(ArmFaultKind.NothingExported, 0, 44_000, 11);

    [Fact]
    public void A_broken_arm_has_no_cost_in_its_answer_and_is_named_in_the_headline()
    {
        var analysis = With("always-on", ArmState.Broken, s_nothing);
        var summary = TerminalSummary.Compose(analysis);

        Assert.Contains("always-on is broken: it exported nothing in 11 launch sets. Its figures are not the cost of tracing.", summary.Answers.Select(answer => answer.Text));
        Assert.EndsWith(" Broken: always-on.", summary.Headline.Text, StringComparison.Ordinal);
        Assert.Contains("always-on (broken)", summary.Rows.Select(row => row[0].Text));
    }

    [Fact]
    public void Nothing_is_compared_with_a_broken_baseline() =>
        Assert.Equal(
            "Nothing can be compared with the baseline: off is broken: it exported 5 spans although it is told to export none.",
            ReportComposer.Headline(With("off", ArmState.Broken, new ArmFault(ArmFaultKind.ExportedThoughSilent, 5, 44_000, 1))));

    [Fact]
    public void An_arm_that_lost_spans_keeps_its_answer_and_says_that_it_is_a_lower_bound()
    {
        var analysis = With("always-on", ArmState.Impaired, new ArmFault(ArmFaultKind.SpansLost, 200, 10_000, 1));
        var answer = TerminalSummary.Compose(analysis).Answers[^1].Text;

        Assert.EndsWith(" always-on lost 2 % of its spans (200 of 10,000), so that its cost is a lower bound.", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Broken", ReportComposer.Headline(analysis), StringComparison.Ordinal);
    }

    private static RunAnalysis With(string name, ArmState state, ArmFault fault)
    {
        var analysis = new SyntheticRun().Analysis();
        Assert.Contains(analysis.Arms, arm => arm.Name == name && arm.Role != ArmRole.Control);
        return analysis with { Arms = [.. analysis.Arms.Select(arm => arm.Name == name ? arm with { Health = arm.Health with { State = state, Faults = [fault] } } : arm)] };
    }
}
