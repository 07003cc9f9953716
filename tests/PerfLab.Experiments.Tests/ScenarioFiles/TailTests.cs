using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class TailTests
{
    private const string Everything = """
          - name: tail
            meaning: The interesting ones
            tail:
              wait: 500ms
              decide: when_complete
              keep: [errors, { slower_than: 250ms }, { attribute: tier, value: vip }, { attribute: promo }, { at_most: 5/s }, { share: 10% }]
              max_traces: 100
              max_bytes: 1.5MB

        """;

    [Fact]
    public void A_tail_policy_is_read_with_all_its_rules()
    {
        var tail = ScenarioFile.Parse(MinimalScenario.With(Everything), MinimalScenario.Path).Variants[^1].Tail!;

        Assert.Equal((0.5, true, 100, 1_500_000L), (tail.WaitSeconds, tail.DecidesWhenComplete, tail.MaxTraces, tail.MaxBytes));
        Assert.Equal(
            [
                new TailSamplingRule.Errors(),
                new TailSamplingRule.SlowerThan(0.25),
                new TailSamplingRule.HasAttribute("tier", "vip"),
                new TailSamplingRule.HasAttribute("promo", null),
                new TailSamplingRule.AtMost(5),
                new TailSamplingRule.Share(0.1),
            ],
            tail.Keep);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var tail = ScenarioFile.Parse(MinimalScenario.With("  - { name: tail, meaning: Errors, tail: { keep: [errors] } }\n"), MinimalScenario.Path).Variants[^1].Tail!;

        Assert.Equal((2.0, false, 50_000, 64_000_000L), (tail.WaitSeconds, tail.DecidesWhenComplete, tail.MaxTraces, tail.MaxBytes));
    }

    [Fact]
    public void A_policy_stands_in_the_plan_and_is_read_from_it_as_it_was_written()
    {
        var scenario = ScenarioFile.Parse(MinimalScenario.With(Everything), MinimalScenario.Path);
        var arm = PlanBuilder.Arms(scenario)[^1];

        var read = ResultsJson.Deserialize<PlannedArm>(ResultsJson.Serialize(arm));

        Assert.Equal(arm.Tail!.Keep, read.Tail!.Keep);
        Assert.Equal(arm.Tail with { Keep = read.Tail.Keep }, read.Tail);
        Assert.All(PlanBuilder.Arms(scenario).SkipLast(1), other => Assert.Null(other.Tail));
    }
}
