using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

public sealed class CapacityAnswersTests
{
    [Fact]
    public void Arms_are_compared_within_launch_sets()
    {
        // Launch sets differ by a factor of two; within each, "on" holds a tenth less and costs 20 us more.
        var answers = CapacityAnalyzer.Of(Record([.. Enumerable.Range(1, 6).Select(number => Launch(number, 1000 * number, 900 * number))]));

        var on = answers.Single(answer => answer.Arm == "on");
        Assert.Equal(-0.1, on.Change!.Value, tolerance: 1e-9);
        Assert.Equal(-0.1, on.Change.Low!.Value, tolerance: 1e-9);

        // 100 us of processor time per request are 0.1 cores at 1,000 requests per second.
        Assert.Equal(0.12, on.CoresPerThousand!.Value, tolerance: 1e-9);
        Assert.Equal(0.02, on.ExtraCoresPerThousand!.Value, tolerance: 1e-9);
        Assert.Equal(6, on.LaunchSets);
        Assert.Null(answers[0].Change);
        Assert.InRange(answers[0].RequestsPerSecond!.Value, answers[0].RequestsPerSecond!.Low!.Value, answers[0].RequestsPerSecond!.High!.Value);
    }

    [Fact]
    public void A_search_that_did_not_come_to_rest_is_left_out_and_never_zero()
    {
        var answers = CapacityAnalyzer.Of(Record([Launch(1, 1000, 900), Launch(2, 1000, null), Launch(3, null, 900)]));

        var on = answers.Single(answer => answer.Arm == "on");
        Assert.Equal(2, on.LaunchSets);
        Assert.Equal(-0.1, on.Change!.Value, tolerance: 1e-9);
        Assert.Null(on.Change.Low);
        Assert.Null(CapacityAnalyzer.Of(Record([Launch(1, null, null)]))[0].RequestsPerSecond);
        Assert.Empty(CapacityAnalyzer.Of(Record([])));
    }

    private static CapacityLaunch Launch(int number, double? off, double? on) =>
        new(number, [Arm("off", ArmRole.Baseline, off, 0.0001), Arm("on", ArmRole.Variant, on, 0.00012)]);

    private static CapacityArm Arm(string name, ArmRole role, double? rate, double cpu) => new()
    {
        Arm = name,
        Role = role,
        ClosedLoopPerSecond = 1,
        RequestsPerSecond = rate,
        CpuSecondsPerRequest = cpu,
        Trials = [],
    };

    private static CapacityRecord Record(IReadOnlyList<CapacityLaunch> launches) => new()
    {
        FormatVersion = CapacityRecord.CurrentFormatVersion,
        Started = DateTimeOffset.UnixEpoch,
        Scenario = "test",
        ServiceLevel = ["p(99)<20"],
        Machine = new MachineFingerprint("Linux", null, null, 2, 1, "X64", ".NET", null),
        Placement = null,
        TrialSeconds = 0.5,
        Rounds = 16,
        PlannedLaunchSets = launches.Count,
        Seed = 1,
        LaunchSets = launches,
        Answers = [],
    };
}
