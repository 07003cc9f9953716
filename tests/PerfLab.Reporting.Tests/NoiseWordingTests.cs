using PerfLab.Analysis.Noise;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Tests;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

/// <summary>What a noise profile says: beside the verdicts of a run, and of the number of launch sets that a precision takes.</summary>
public class NoiseWordingTests
{
    [Fact]
    public void A_profile_of_this_machine_says_how_often_it_is_wrong_and_what_this_run_detects()
    {
        var sentences = Read(Profile());

        Assert.Equal("Noise of this machine, from 40 comparisons of identical arms of sampling on 2026-11-01:", sentences[0]);
        Assert.Matches("^CPU per request: [0-9] of 40 false alarms \\([0-9.]+ to [0-9.]+ %; 3.1 % are allowed\\), none beyond .{1,2}5 %; 6 launch sets detect [0-9.]+ % or more\\.$", sentences[1]);
        Assert.StartsWith("Allocated per request: 0 of 40 false alarms (0.0 to 8.8 %; 3.1 % are allowed)", sentences[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_profile_a_report_says_so() =>
        Assert.Equal(
            "There is no noise profile of this machine with runtime lab: how often it raises a false alarm is not known. Make one with ./run.sh noise.",
            Assert.Single(Read(null)));

    [Fact]
    public void A_profile_of_another_machine_is_refused_with_the_difference() =>
        Assert.Contains(
            "of another machine (logical processors 2 and 16; kernel unknown and 6.1)",
            Assert.Single(Read(Profile() with { Machine = LabRun.Manifest.Machine with { LogicalProcessors = 16, Kernel = "6.1" } })),
            StringComparison.Ordinal);

    [Fact]
    public void A_profile_of_an_earlier_version_says_why_in_its_own_words()
    {
        var profile = Profile();
        var old = profile with { Metrics = [profile.Metrics[0] with { SpreadRatio = null, Missing = null, NotMeasuredBecause = "no reading of CPU time" }] };

        Assert.Equal("CPU per request: not measured (no reading of CPU time).", Read(old)[1]);
    }

    [Theory]
    [InlineData(0.02, 0.01, 21, 0.0199, "Precision of 2.0 % for CPU per request: its spread is 1.0 % (the noise profile of RUN), and 21 launch sets detect 2.0 % or more.")]
    [InlineData(0.005, 0.02, 12, 0.019, "Precision of 0.50 % for CPU per request CANNOT BE REACHED: its spread is 2.0 % (the noise profile of RUN), which takes 150 launch sets, and the budget allows 12. The 12 that are planned detect 1.9 % or more.")]
    public void A_precision_is_said_with_what_it_takes(double wanted, double spread, int launchSets, double detectable, string sentence) =>
        Assert.Equal(sentence, Assert.Single(SizingWording.Of(Plan(new SizingGoal(MetricId.Cpu, wanted, spread, 150, detectable), launchSets))));

    [Fact]
    public void A_spread_that_is_not_known_is_said() =>
        Assert.Equal(
            "Precision of 10.0 % for GC pause per request: its spread is not known, so 20 launch sets are planned, all that the budget allows.",
            Assert.Single(SizingWording.Of(Plan(new SizingGoal(MetricId.GcPause, 0.1, null, null, null), 20))));

    [Fact]
    public void A_plan_of_an_earlier_version_says_its_source_in_its_own_words()
    {
        var plan = Plan(new SizingGoal(MetricId.Cpu, 0.02, 0.01, 21, 0.0199), 21) with { Sizing = new PlanSizing("the noise profile of OLD", 30, [new SizingGoal(MetricId.Cpu, 0.02, 0.01, 21, 0.0199)]) };

        Assert.Contains("(the noise profile of OLD)", Assert.Single(SizingWording.Of(plan)), StringComparison.Ordinal);
        Assert.Empty(SizingWording.Of(plan with { Sizing = null }));
    }

    private static Plan Plan(SizingGoal goal, int launchSets) =>
        LabRun.Plan(launchSets, "on") with { Sizing = new PlanSizing(null, 12, [goal]) { NoiseProfileRunId = "RUN" } };

    private static NoiseProfile Profile()
    {
        var plan = NoiseRun.Plan(48, 10);
        return LabRun.Analyze(plan, NoiseRun.Launches(plan, 7)).MeasuredNoise!;
    }

    private static IReadOnlyList<string> Read(NoiseProfile? profile)
    {
        LaunchRecord[] launches = [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on")))];
        return MachineNoiseWording.Compose(RunAnalyzer.Analyze(LabRun.Manifest, LabRun.Plan(6, "on"), launches, [], null, profile).MachineNoise);
    }
}
