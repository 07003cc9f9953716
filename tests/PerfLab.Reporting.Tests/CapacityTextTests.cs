using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Reporting.Tests;

public sealed class CapacityTextTests
{
    [Fact]
    public void Every_arm_has_its_rate_its_change_and_its_cores_with_intervals()
    {
        var lines = CapacityReport.Compose(Record(control: new CapacityEstimate(0.001, -0.01, 0.012)));

        Assert.Equal("Highest rate of test that holds p(99)<20", lines[0].Text);
        Assert.Contains(lines, line => line.Text.StartsWith("The control, the baseline once more, differs from it by +0.1 % (-1.0 to 1.2)", StringComparison.Ordinal));
        Assert.Matches(@"^on +4,500 \(4,400 to 4,600\) +-10\.0 % \(-12\.0 to -8\.0\) +0\.120 +\+0\.020 \(0\.018 to 0\.022\)$", lines[^1].Text);
        Assert.Matches(@"^off +5,000 +0\.100$", lines.Single(line => line.Text.StartsWith("off ", StringComparison.Ordinal)).Text);
    }

    [Fact]
    public void A_control_that_differs_makes_the_search_untrusted_and_a_missing_interval_leaves_it_undecided()
    {
        Assert.Contains(CapacityReport.Compose(Record(new CapacityEstimate(0.1, 0.06, 0.14))), line => line.Style == TerminalStyle.Bad && line.Text.StartsWith("UNTRUSTED", StringComparison.Ordinal));
        Assert.Contains(CapacityReport.Compose(Record(new CapacityEstimate(0.1, null, null))), line => line.Text.StartsWith("Undecided", StringComparison.Ordinal));
    }

    private static CapacityRecord Record(CapacityEstimate control) => new()
    {
        FormatVersion = CapacityRecord.CurrentFormatVersion,
        Started = DateTimeOffset.UnixEpoch,
        Scenario = "test",
        ServiceLevel = ["p(99)<20"],
        Machine = new MachineFingerprint("Linux", null, null, 2, 1, "X64", ".NET", null),
        Placement = null,
        TrialSeconds = 0.5,
        Rounds = 16,
        PlannedLaunchSets = 6,
        Seed = 1,
        LaunchSets = [],
        Answers =
        [
            Answer("off", ArmRole.Baseline, new CapacityEstimate(5000, null, null), null, 0.1, null),
            Answer("off'", ArmRole.Control, new CapacityEstimate(5000, null, null), control, 0.1, new CapacityEstimate(0, -0.001, 0.001)),
            Answer("on", ArmRole.Variant, new CapacityEstimate(4500, 4400, 4600), new CapacityEstimate(-0.1, -0.12, -0.08), 0.12, new CapacityEstimate(0.02, 0.018, 0.022)),
        ],
    };

    private static CapacityResult Answer(string arm, ArmRole role, CapacityEstimate rate, CapacityEstimate? change, double cores, CapacityEstimate? extra) => new()
    {
        Arm = arm,
        Role = role,
        LaunchSets = 6,
        RequestsPerSecond = rate,
        Change = change,
        CoresPerThousand = new CapacityEstimate(cores, null, null),
        ExtraCoresPerThousand = extra,
    };
}
