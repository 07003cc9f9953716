using PerfLab.Analysis.Noise;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests;

/// <summary>What a profile of the machine says beside the verdicts of another run.</summary>
public class MachineNoiseTests
{
    [Fact]
    public void A_profile_of_this_machine_says_how_often_it_is_wrong_and_what_this_run_finds()
    {
        var noise = Read(Profile());

        Assert.Equal(NoiseProfileMatch.ThisMachine, noise.Knowledge);
        Assert.Equal((40, 6), (noise.Profile!.Comparisons, noise.LaunchSets));
        Assert.Equal([MetricId.Cpu, MetricId.Allocation], noise.DetectableRatios.Keys.Order());
        Assert.InRange(noise.DetectableRatios[MetricId.Cpu], 0.01, 0.2);
    }

    [Fact]
    public void Without_a_profile_a_report_says_so() =>
        Assert.Equal((NoiseProfileMatch.None, null, RuntimeProfile.Lab), (Read(null).Knowledge, Read(null).Profile, Read(null).Runtime));

    [Fact]
    public void A_run_of_identical_arms_names_the_noise_it_measured_itself()
    {
        var plan = NoiseRun.Plan(48, 10);
        var analysis = LabRun.Analyze(plan, NoiseRun.Launches(plan, 7));

        Assert.Same(analysis.MeasuredNoise, analysis.MachineNoise.Profile);
        Assert.Equal(40, analysis.MachineNoise.Profile!.Comparisons);
    }

    [Fact]
    public void A_profile_of_other_runtime_knobs_does_not_apply() =>
        Assert.Equal(NoiseProfileMatch.None, Read(Profile() with { Runtime = RuntimeProfile.Steady }).Knowledge);

    [Fact]
    public void A_profile_of_another_machine_is_refused_with_the_difference()
    {
        var noise = Read(Profile() with { Machine = LabRun.Manifest.Machine with { LogicalProcessors = 16, Kernel = "6.1" } });

        Assert.Equal(NoiseProfileMatch.OtherMachine, noise.Knowledge);
        Assert.Null(noise.Profile);
        Assert.Equal(["logical processors 2 and 16", "kernel unknown and 6.1"], noise.MachineDifferences);
    }

    [Fact]
    public void A_little_more_memory_is_the_same_machine() =>
        Assert.Equal(NoiseProfileMatch.ThisMachine, Read(Profile() with { Machine = LabRun.Manifest.Machine with { MemoryBytes = 8_050_000_000 } }).Knowledge);

    private static NoiseProfile Profile()
    {
        var plan = NoiseRun.Plan(48, 10);
        return LabRun.Analyze(plan, NoiseRun.Launches(plan, 7)).MeasuredNoise!;
    }

    private static MachineNoise Read(NoiseProfile? profile)
    {
        var plan = LabRun.Plan(6, "on");
        LaunchRecord[] launches = [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on")))];
        return RunAnalyzer.Analyze(LabRun.Manifest, plan, launches, [], null, profile).MachineNoise;
    }
}
