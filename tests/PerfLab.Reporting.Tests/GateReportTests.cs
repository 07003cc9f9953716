using System.Xml.Linq;
using PerfLab.Analysis;
using PerfLab.Analysis.Gates;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Gates;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

/// <summary>What a person and a build server read of a night.</summary>
public sealed class GateReportTests
{
    private static readonly Interval s_more = new(0.055, 0.031, 0.08, 0.95);
    private static readonly Interval s_again = new(0.05, 0.04, 0.06, 0.95);

    public static TheoryData<GateOutcome, string, string> Sentences => new()
    {
        { GateOutcome.Passed, nameof(GateReason.WithinThreshold), "an increase above 3 % is ruled out" },
        { GateOutcome.Improved, nameof(GateReason.BelowThreshold), "less by more than 3 %" },
        { GateOutcome.Regressed, nameof(GateReason.Confirmed), "+5.5 % (3.1 to 8.0), and +5.0 % (4.0 to 6.0) in fresh launch sets: above 3 % both times" },
        { GateOutcome.Passed, nameof(GateReason.NotConfirmed), "looked like more than 3 %, and fresh launch sets say +5.0 % (4.0 to 6.0)." },
        { GateOutcome.Undecided, nameof(GateReason.NotConfirmed), "which does not decide" },
        { GateOutcome.Undecided, nameof(GateReason.Unconfirmed), "it was not measured again" },
        { GateOutcome.Undecided, nameof(GateReason.ReachesAcross), "reaches across 3 %; this night would have found 2 % four times in five" },
        { GateOutcome.Undecided, nameof(GateReason.ControlMoved), "the baseline measured twice differs from itself by +5.0 %" },
        { GateOutcome.NotJudged, nameof(GateReason.NothingMeasured), "nothing was measured, because the baseline could not be built" },
        { GateOutcome.NotJudged, nameof(GateReason.NotTrusted), "UNTRUSTED" },
        { GateOutcome.NotJudged, nameof(GateReason.MissingArm), "the run has no arm on.head" },
        { GateOutcome.NotJudged, nameof(GateReason.BrokenArm), "on.head" },
        { GateOutcome.NotJudged, nameof(GateReason.MissingMetric), "not measured: no reading of CPU time (6 of 6 launch sets)" },
        { GateOutcome.NotJudged, nameof(GateReason.OtherMachine), "on another machine (kernel 6.1 and 6.9)" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Every_reason_has_its_sentence(GateOutcome outcome, string reason, string words)
    {
        var lines = GateReport.Compose(Night(new GateMetricResult("on", MetricId.Cpu, 0.03, outcome, ReasonOf(reason), Blocks: false)));

        Assert.Contains(lines, line => line.Text.Contains(words.Replace('\u00a0', ' '), StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Text.Contains("no reason", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_reason_is_among_the_sentences() =>
        Assert.Equal(
            typeof(GateReason).GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal),
            Sentences.Select(row => row.Data.Item2).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(GateOutcome.Passed, false, "Passed", "Nothing blocks.")]
    [InlineData(GateOutcome.Improved, false, "Passed and improved", "Nothing blocks.")]
    [InlineData(GateOutcome.Regressed, true, "Regressed: the head needs more than the baseline (CPU per request in on).", "Blocked")]
    [InlineData(GateOutcome.Regressed, false, "Regressed", "no pass")]
    [InlineData(GateOutcome.Undecided, true, "Undecided: CPU per request in on.", "Blocked")]
    [InlineData(GateOutcome.Undecided, false, "Undecided", "no pass")]
    [InlineData(GateOutcome.NotJudged, true, "Not judged: CPU per request in on.", "Blocked")]
    [InlineData(GateOutcome.NotJudged, false, "Not judged", "no pass")]
    public void The_first_lines_say_the_outcome_and_what_follows(GateOutcome outcome, bool blocks, string headline, string consequence)
    {
        var lines = GateReport.Compose(Night(new GateMetricResult("on", MetricId.Cpu, 0.03, outcome, new GateReason.Unconfirmed(s_more), blocks)));

        Assert.StartsWith(headline, lines[0].Text, StringComparison.Ordinal);
        Assert.Contains(consequence, lines[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NightEnd.Interrupted), InlineData(NightEnd.Voided)]
    public void A_night_that_ended_early_is_no_pass_in_words_either(NightEnd end)
    {
        var night = Night(new GateMetricResult("on", MetricId.Cpu, 0.03, GateOutcome.Passed, new GateReason.WithinThreshold(s_more), Blocks: false));

        var lines = GateReport.Compose(night with { Evidence = night.Evidence with { End = end } });

        Assert.StartsWith("Ended early. Passed", lines[0].Text, StringComparison.Ordinal);
        Assert.Contains("this is no pass", lines[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GateOutcome.Passed, false, null)]
    [InlineData(GateOutcome.Improved, false, null)]
    [InlineData(GateOutcome.Regressed, true, "failure")]
    [InlineData(GateOutcome.Regressed, false, "skipped")]
    [InlineData(GateOutcome.Undecided, false, "skipped")]
    [InlineData(GateOutcome.Undecided, true, "failure")]
    [InlineData(GateOutcome.NotJudged, false, "skipped")]
    [InlineData(GateOutcome.NotJudged, true, "failure")]
    public void A_build_server_sees_a_failure_only_where_the_policy_blocks_and_a_pass_only_where_it_is_one(GateOutcome outcome, bool blocks, string? element)
    {
        var document = XDocument.Parse(GateJUnit.Of(Night(new GateMetricResult("on", MetricId.Cpu, 0.03, outcome, new GateReason.Unconfirmed(s_more), blocks))));

        var suite = document.Root!.Element("testsuite")!;
        var one = Assert.Single(suite.Elements("testcase"));
        Assert.Equal(("orders.on", "cpu"), (one.Attribute("classname")!.Value, one.Attribute("name")!.Value));
        Assert.Equal(element, one.Elements().SingleOrDefault()?.Name.LocalName);
        Assert.Equal((element == "failure" ? "1" : "0", element == "skipped" ? "1" : "0"), (suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value));
        Assert.True(element is null || one.Elements().Single().Attribute("message")!.Value.Contains("not measured again", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_holds_commits_versions_and_the_end_of_a_failure_and_no_markup_of_others()
    {
        var night = Night(new GateMetricResult("on", MetricId.Cpu, 0.03, GateOutcome.NotJudged, new GateReason.NothingMeasured(NightEnd.HeadNotBuilt), Blocks: true)) with
        {
            Failure = new string('x', 10_000) + "\n```\n<script>alert(1)</script>\nerror CS1002",
        };

        var page = GateReport.Markdown(night);

        Assert.Contains("a1b2, OpenTelemetry 1", page, StringComparison.Ordinal);
        Assert.Contains("error CS1002", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("```").Length - 1);
        Assert.InRange(page.Length, 1, 20_000);
    }

    [Fact]
    public void What_the_history_lacks_is_told()
    {
        var night = Night() with
        {
            History = new HistoryReading([Entry(Machine with { Kernel = "6.1" })], [new SkippedLine(3, SkippedLineReason.Unfinished), new SkippedLine(4, SkippedLineReason.LaterVersion)]),
            Facts = Facts(Machine with { Kernel = "6.9" }),
        };

        var text = string.Join('\n', GateReport.Compose(night).Select(line => line.Text));

        Assert.Contains("Line 3 of the history is not used: its writer was stopped before its end.", text, StringComparison.Ordinal);
        Assert.Contains("Line 4 of the history is not used: a later version of PerfLab wrote it.", text, StringComparison.Ordinal);
        Assert.Contains("A new epoch of the history begins: kernel 6.1 and 6.9.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shift_over_the_nights_is_told_and_drawn_and_blocks_nothing()
    {
        HistoryEntry[] nights =
        [
            .. Enumerable.Range(1, 14).Select(day => Entry(day < 12 ? Machine with { Kernel = "6.1" } : Machine) with
            {
                Night = Facts(day < 12 ? Machine with { Kernel = "6.1" } : Machine) with { Name = $"n{day}", StartedUtc = new DateTimeOffset(2026, 11, day, 2, 0, 0, TimeSpan.Zero), Head = new BuiltCommit($"c{day}<b>", "1.20.1") },
                Estimates = [Entry(Machine).Estimates[0] with { Against = "off", Ratio = day < 6 ? 0.04 : 0.082, RatioLow = 0.03, RatioHigh = 0.09 }],
            }),
        ];
        var trends = HistoryTrend.Of(nights);

        Assert.Equal(
            "on against off, CPU per request: the level went up from 4.0 % to 8.2 % (5 nights before, 6 since) between c5<b> (2026-11-05) and c6<b> (2026-11-06).",
            Assert.Single(HistoryReport.Shifts(trends)).Replace('\u00a0', ' '));
        var night = Night() with { Trends = trends };
        Assert.Contains(GateReport.Compose(night), line => line.Text.StartsWith("Trend, which informs and does not block: on against off", StringComparison.Ordinal));
        Assert.False(night.Result.IsBlocked);
        var page = HistoryReport.Html("orders <script>", trends);
        Assert.Contains("14 nights", page.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Contains("kernel 6.1 and 6.1.0-28-amd64", page.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page.Replace(page[..page.IndexOf("<main>", StringComparison.Ordinal)], string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_night_says_beforehand_what_the_last_one_could_find()
    {
        Assert.Contains("first night of this environment", GatePlanWording.Compose([], TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30))[1], StringComparison.Ordinal);

        var sentences = GatePlanWording.Compose([Entry(Machine)], TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30));

        Assert.Equal(
            ["15 min 0 s for all arms, 15 min 0 s kept for those that look worse.", "The last night of this environment, with 12 launch sets, would have found 2.1 % of CPU per request four times in five."],
            sentences.Select(sentence => sentence.Replace('\u00a0', ' ')));
    }

    // Against null is the head against the baseline, which the gate judges. Arms of the head against each other, the A/A pair (no arm)
    // and the confirming run can find more or less; a night that has nothing else says nothing.
    [Fact]
    public void What_the_last_night_could_find_is_that_of_the_head_against_the_baseline_in_the_run_of_all_arms()
    {
        var entry = Entry(Machine);
        var judged = entry.Estimates[0];
        HistoryEstimate[] others = [judged with { Against = "off", DetectableRatio = 0.09, LaunchSets = 99 }, judged with { Arm = null, DetectableRatio = 0.08 }, judged with { Run = 1, DetectableRatio = 0.07 }, judged with { DetectableRatio = null }];
        HistoryEntry[] nights = [entry with { Estimates = [.. others, judged, judged with { Arm = "off", DetectableRatio = 0.034 }] }, entry with { Estimates = others }];

        Assert.Contains("with 12 launch sets, would have found 3.4 % of CPU per request four times in five.", Sentence(nights), StringComparison.Ordinal);
        Assert.Contains("first night of this environment", Sentence(nights[1..]), StringComparison.Ordinal);

        static string Sentence(HistoryEntry[] history) => GatePlanWording.Compose(history, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30))[1].Replace('\u00a0', ' ');
    }

    [Fact]
    public void An_arm_that_starts_another_program_shows_it()
    {
        var run = new SyntheticRun();
        var analysis = run.Analysis();
        analysis = analysis with { Plan = analysis.Plan with { Arms = [.. analysis.Plan.Arms.Select((arm, index) => index == 2 ? arm with { Program = new ArmProgram(["dotnet", "next/App.dll"], "next") } : arm)] } };

        var markdown = MarkdownReport.Write(Content.ReportComposer.Compose(analysis, run.Outcome()), []);

        Assert.Contains("<code>command&#58; dotnet next/App.dll</code>, <code>directory&#58; next</code>", markdown, StringComparison.Ordinal);
    }

    private static MachineFingerprint Machine => new SyntheticRun().Manifest().Machine;

    private static GateReason ReasonOf(string name) => name switch
    {
        nameof(GateReason.WithinThreshold) => new GateReason.WithinThreshold(new Interval(0.01, -0.01, 0.02, 0.95)),
        nameof(GateReason.BelowThreshold) => new GateReason.BelowThreshold(new Interval(-0.06, -0.08, -0.04, 0.95)),
        nameof(GateReason.Confirmed) => new GateReason.Confirmed(s_more, s_again),
        nameof(GateReason.NotConfirmed) => new GateReason.NotConfirmed(s_more, s_again),
        nameof(GateReason.Unconfirmed) => new GateReason.Unconfirmed(s_more),
        nameof(GateReason.ReachesAcross) => new GateReason.ReachesAcross(s_more, 0.02),
        nameof(GateReason.ControlMoved) => new GateReason.ControlMoved(s_more, s_again),
        nameof(GateReason.NothingMeasured) => new GateReason.NothingMeasured(NightEnd.BaselineNotBuilt),
        nameof(GateReason.NotTrusted) => new GateReason.NotTrusted(TrustLevel.Untrusted, 12),
        nameof(GateReason.MissingArm) => new GateReason.MissingArm("on.head"),
        nameof(GateReason.BrokenArm) => new GateReason.BrokenArm(new FaultyArm("on.head", ArmState.Broken, new ArmFault(ArmFaultKind.NothingExported, 0, 1000, 12))),
        nameof(GateReason.MissingMetric) => new GateReason.MissingMetric(new MissingMeasurement(MissingReason.NoReading, 6, 6)),
        _ => new GateReason.OtherMachine(["kernel 6.1 and 6.9"]),
    };

    private static GateNight Night(params GateMetricResult[] metrics)
    {
        var policy = Policy();
        var evidence = new GateEvidence { End = NightEnd.Completed, First = null, Confirmation = null, History = [] };
        return new GateNight
        {
            Policy = policy,
            Facts = Facts(Machine),
            Evidence = evidence,
            Result = Gate.Judge(policy, evidence) with { Metrics = metrics },
            Failure = null,
            History = new HistoryReading([], []),
            DurationSeconds = 1800,
        };
    }

    private static NightFacts Facts(MachineFingerprint machine) => new()
    {
        Name = "n1",
        StartedUtc = new DateTimeOffset(2026, 11, 29, 2, 0, 0, TimeSpan.Zero),
        Baseline = new BuiltCommit("a1b2", "1.20.1"),
        Head = new BuiltCommit("c3d4", null),
        Machine = machine,
        PerfLabCommit = null,
        Planted = new Dictionary<string, string>(),
    };

    private static HistoryEntry Entry(MachineFingerprint machine) => new()
    {
        FormatVersion = HistoryEntry.CurrentFormatVersion,
        Night = Facts(machine),
        End = NightEnd.Completed,
        Runs = ["run"],
        Estimates =
        [
            new HistoryEstimate
            {
                Arm = "on",
                Metric = MetricId.Cpu,
                Run = 0,
                LaunchSets = 12,
                Ratio = 0,
                RatioLow = -0.01,
                RatioHigh = 0.01,
                ConfidenceLevel = 0.95,
                DetectableRatio = 0.021,
                Threshold = 0.03,
            },
        ],
        Verdicts = [],
        Outcome = GateOutcome.Passed,
        IsBlocked = false,
    };

    private static GatePolicy Policy() => new()
    {
        Name = "orders",
        Scenario = ScenarioFile.Parse(
            """
            scenario: orders
            question: What does tracing cost?
            target:
              command: [dotnet, app.dll]
              ready: { path: /health }
              requests:
                - { name: home, path: / }
            baseline: off
            variants:
              - { name: off, meaning: No tracing }
              - { name: on, meaning: Every trace }
            """,
            "orders.yaml"),
        Repository = ".",
        Build = new BuildRecipe(["make"], new ArmProgram(["app"], Directory: null), TimeSpan.FromMinutes(15)),
        Arms = ["on"],
        Metrics = [new GateMetric { Metric = MetricId.Cpu, Threshold = 0.03, WhenRegressed = GateAction.Block, WhenUndecided = GateAction.Warn, WhenMissing = GateAction.Block }],
    };
}
