using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Html;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Tests.Fixture;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public sealed class PairSummaryTests
{
    [Fact]
    public void Both_runs_and_what_lies_between_them_are_shown_in_eighty_characters()
    {
        var summary = RunComparisonSummary.Compose(Pair([]));

        Assert.Equal("First: one. Second: two.", summary.Notes[0].Text);
        Assert.Equal(["on", "cpu", "+9.0 %", "+10.1 %", "+1.0 % (0.2 to 1.8)", "same within 5 %"], summary.Sections[0].Rows[0]);
        Assert.Equal(["off", "cpu", "100.0 µs", "90.0 µs", "-10.0 % (-11.0 to -9.0)", "less"], summary.Sections[1].Rows[0]);
        Assert.All(summary.Sections.SelectMany(section => section.Rows).SelectMany(row => row), cell => Assert.All(PlainText.Of(cell), letter => Assert.InRange(letter, ' ', '~')));
    }

    [Fact]
    public void What_cannot_be_told_apart_has_a_tilde_and_its_interval()
    {
        var pair = Pair([]) with { Overheads = [Entry("on", new(0.09, 0.08, 0.10, 0.95), new(0.10, 0.09, 0.11, 0.95), new(0.002, -0.012, 0.018, 0.95), Verdict.Same)] };

        Assert.Equal("~ (-1.2 to 1.8 %)", RunComparisonSummary.Compose(pair).Sections[0].Rows[0][4]);
        Assert.Equal("No arm is shown to cost more or less than before.", RunComparisonWording.Headline(pair));
    }

    [Fact]
    public void Two_runs_without_an_arm_in_common_are_told_so_and_not_that_nothing_changed() =>
        Assert.Equal("No arm's cost was measured in both runs.", RunComparisonWording.Headline(Pair([]) with { Overheads = [] }));

    [Fact]
    public void The_page_names_both_runs_what_changed_and_what_a_condition_says_and_stays_text()
    {
        var pair = Pair([]) with { Second = "<script>alert(1)</script>", LeftOut = [new("mine", null, IsInFirst: true)] };

        var page = RunComparisonPage.Write(pair, RunComparer.Judge(ChangeCondition.ParseOverhead("cpu>+0.1%"), pair));

        Assert.Contains("Shown to cost more or less than before: on, CPU per request +1.0\u00a0% (0.2 to 1.8).", page, StringComparison.Ordinal);
        Assert.Contains("NOT cpu&gt;+0.1% holds: CPU per request of on changed by +1.0 % (0.2 to 1.8).", page, StringComparison.Ordinal);
        Assert.Contains("NOT cpu&gt;+0.1% cannot be judged: CPU per request of mine was not measured in both", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Different_machines_are_told_before_everything_and_leave_no_absolute_numbers()
    {
        var pair = Pair(["logical processors 2 and 64"]) with { Values = [] };

        var summary = RunComparisonSummary.Compose(pair);

        Assert.Equal(TerminalStyle.Bad, summary.Notes[1].Style);
        Assert.StartsWith("The runs are of different machines (logical processors 2 and 64): absolute numbers are not compared.", summary.Notes[1].Text, StringComparison.Ordinal);
        Assert.Single(summary.Sections);
    }

    [Fact]
    public void Settings_and_cautions_stand_among_the_notes()
    {
        var summary = RunComparisonSummary.Compose(Pair([]) with
        {
            SettingDifferences = [new(RunSetting.Runtime, "lab", "steady"), new(RunSetting.RatePerSecond, "1,000", "500"), new(RunSetting.Environment, null, null) { Arm = "on" }],
            NotTrusted = [new SyntheticRun { TrustLevel = TrustLevel.Untrusted }.Analysis()],
            LeftOut = [new("mine", null, IsInFirst: true), new("yours", null, IsInFirst: false), new("on", MetricId.P50, IsInFirst: true)],
        });

        Assert.Equal(
            [
                "They differ in runtime: lab and steady.",
                "They differ in load in requests/s: 1,000 and 500.",
                "They differ in environment of on: see plan.json of both.",
                "Not in both runs and left out: mine (first only), yours (second only).",
                "Without an interval in one of the runs and left out: on p50 (first only).",
            ],
            summary.Notes.Skip(1).Select(note => note.Text).Where(text => !text.StartsWith("2026", StringComparison.Ordinal)));
        Assert.Contains(summary.Notes, note => note.Text.StartsWith("20261122T201407Z-sampling-4f1c: UNTRUSTED: the baseline measured twice differs", StringComparison.Ordinal));
    }

    private static RunComparison Pair(IReadOnlyList<string> machines) => new()
    {
        First = "one",
        Second = "two",
        MachineDifferences = machines,
        SettingDifferences = [],
        NotTrusted = [],
        LeftOut = [],
        Overheads = [Entry("on", new(0.09, 0.08, 0.10, 0.95), new(0.101, 0.09, 0.11, 0.95), new(0.01, 0.002, 0.018, 0.95), Verdict.Same)],
        Values = [Entry("off", new(0.0001, 0.000099, 0.000101, 0.95), new(0.00009, 0.000089, 0.000091, 0.95), new(-0.1, -0.11, -0.09, 0.95), Verdict.Faster)],
    };

    private static MetricChange Entry(string arm, Interval first, Interval second, Interval change, Verdict verdict) => new()
    {
        Arm = arm,
        Metric = MetricId.Cpu,
        First = first,
        Second = second,
        Change = change,
        PracticalThreshold = 0.05,
        Verdict = verdict,
    };
}
