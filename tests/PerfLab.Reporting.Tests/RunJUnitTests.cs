using System.Xml.Linq;
using PerfLab.Analysis;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.LoadTests;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed class RunJUnitTests
{
    [Fact]
    public void A_run_has_a_case_for_each_threshold()
    {
        var suite = Suite(new SyntheticRun { Thresholds = SyntheticThresholds.OneOfEach });

        Assert.Equal("perflab scenario sampling", suite.Attribute("name")!.Value);
        Assert.Equal(("3", "1", "0", "1"), Counts(suite));
        Assert.Equal(["spans_lost==0", "overhead(cpu)<10%", "p(99)<200 for nobody"], suite.Elements("testcase").Select(each => each.Attribute("name")!.Value));
        Assert.Empty(Case(suite, 0).Elements());
        var failure = Case(suite, 1).Element("failure")!;
        Assert.Equal("overhead(cpu)<10% is violated by always-on; holds for ratio-1.", failure.Attribute("message")!.Value);
        Assert.Equal(2, failure.Value.Split('\n').Length);
        Assert.NotNull(Case(suite, 2).Element("skipped"));
    }

    [Fact]
    public void What_is_not_decided_says_what_would_settle_it()
    {
        // 4 % off the limit of 10 %, with a half width of 8 %: 11 launch sets times (8 / 4) squared.
        ArmThresholdResult open = new("ratio-1", ThresholdOutcome.NotDecided, new ThresholdEvidence.Change(MetricId.Cpu, new Interval(0.06, -0.02, 0.14, 0.95)), new ThresholdObstacle.ReachesAcrossLimit());
        ArmThresholdResult few = new("ratio-10", ThresholdOutcome.NotDecided, new ThresholdEvidence.NoInterval(MetricId.Cpu, 3, 6));
        ArmThresholdResult never = new("ratio-50", ThresholdOutcome.NotDecided, new ThresholdEvidence.Change(MetricId.Cpu, new Interval(0.1, 0.02, 0.18, 0.95)), new ThresholdObstacle.ReachesAcrossLimit());

        Assert.Contains("About 44 launch sets would decide it if the estimate stays where it is; this run has 11.", Message(open), StringComparison.Ordinal);
        Assert.Contains("Run 6 launch sets or more", Message(few), StringComparison.Ordinal);
        Assert.Contains("too close to the limit", Message(never), StringComparison.Ordinal);

        static string Message(ArmThresholdResult arm) =>
            Case(Suite(new SyntheticRun { Thresholds = [new(Threshold.Parse("overhead(cpu)<10%"), ThresholdOutcome.NotDecided, [arm])] }), 0).Element("skipped")!.Attribute("message")!.Value;
    }

    [Fact]
    public void An_untrusted_run_is_an_error_with_and_without_thresholds()
    {
        ArmThresholdResult open = new("ratio-1", ThresholdOutcome.NotDecided, new ThresholdEvidence.Change(MetricId.Cpu, new Interval(0.06, 0.05, 0.07, 0.95)), new ThresholdObstacle.Untrusted());
        var judged = Suite(new SyntheticRun { TrustLevel = TrustLevel.Untrusted, Thresholds = [new(Threshold.Parse("overhead(cpu)<10%"), ThresholdOutcome.NotDecided, [open])] });
        var bare = Suite(new SyntheticRun { TrustLevel = TrustLevel.Untrusted, Thresholds = [] });

        Assert.Equal(("1", "0", "1", "0"), Counts(judged));
        Assert.Contains("UNTRUSTED", Case(judged, 0).Element("error")!.Attribute("message")!.Value, StringComparison.Ordinal);
        Assert.Equal(("1", "0", "1", "0"), Counts(bare));
        Assert.Equal("trust", Case(bare, 0).Attribute("name")!.Value);
        Assert.Equal(("1", "0", "0", "1"), Counts(Suite(new SyntheticRun { TrustLevel = TrustLevel.Undecided, Thresholds = [] })));
    }

    [Fact]
    public void Hostile_names_stay_text_of_a_well_formed_document()
    {
        var run = Suite(HostileRun.Create());
        var load = XDocument.Parse(JUnitReport.Of(LoadTestRecordSample.Create() with
        {
            Thresholds = [.. HostileRun.Names.Select(name => new LoadTestThreshold(name, LoadThresholdOutcome.Failed, null, name + " ]]> \u0001 \ufffe \udc00"))],
        })).Root!.Element("testsuite")!;

        Assert.Equal(HostileRun.Names.Count, run.Elements("testcase").Count());
        Assert.Equal(HostileRun.Names.Count, load.Elements("testcase").Count());
        Assert.Equal(HostileRun.Script, Case(run, 0).Attribute("name")!.Value);
        Assert.All(load.Descendants("failure"), failure => Assert.EndsWith("]]> \ufffd \ufffd \ufffd", failure.Attribute("message")!.Value, StringComparison.Ordinal));
    }

    // Parsing refuses what is not well-formed.
    private static XElement Suite(SyntheticRun run) => XDocument.Parse(RunJUnit.Of(run.Analysis())).Root!.Element("testsuite")!;

    private static XElement Case(XElement suite, int index) => suite.Elements("testcase").ElementAt(index);

    private static (string Tests, string Failures, string Errors, string Skipped) Counts(XElement suite) =>
        (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value, suite.Attribute("skipped")!.Value);
}
