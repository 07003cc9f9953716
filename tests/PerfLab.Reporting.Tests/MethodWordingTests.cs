using PerfLab.Analysis.Tests;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public class MethodWordingTests
{
    [Theory]
    [InlineData(20, 20, "Each launch set has 20 rounds. In a round")]
    [InlineData(20, 34, "Each launch set has 34 rounds, not the 20 of the scenario, so that it holds at least two batches of the SDK's exports. In a round")]
    [InlineData(80, 44, "Each launch set has 44 rounds, not the 80 of the scenario, so that the budget holds the launch sets that a verdict takes. In a round")]
    public void Other_rounds_than_the_scenario_states_are_given_a_reason(int stated, int rounds, string expected)
    {
        var analysis = LabRun.Analyze(
            LabRun.Plan(6) with { StatedRounds = stated, Rounds = rounds },
            [.. Enumerable.Range(1, 6).Select(number => LabRun.Launch(number, LabRun.Arm("off"), LabRun.Arm("off'")))]);

        Assert.StartsWith(expected, MethodWording.Compose(analysis).Single(fact => fact.Name == "Rounds").Value, StringComparison.Ordinal);
    }
}
