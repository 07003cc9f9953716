using PerfLab.Experiments.Plans;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Tests.ScenarioFiles;

namespace PerfLab.Experiments.Tests.Plans;

/// <summary>The measured window holds two batches of the SDK, by more rounds or not at all.</summary>
public sealed class BatchWindowTests
{
    // Rounds of three arms of 100 ms: 0.3 s each. The least that twice the delay needs, rounded up.
    [Theory]
    [InlineData("", 34)]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY: ''", 34)]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY: '500'", 4)]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY: '1000'", 7)]
    [InlineData("OTEL_TRACES_EXPORTER: console", 4)]
    [InlineData("OTEL_TRACES_EXPORTER: none", 4)]
    [InlineData("OTEL_TRACES_EXPORTER: 'console, zipkin'", 34)]
    [InlineData("OTEL_TRACES_SAMPLER: always_off", 4)]
    [InlineData("OTEL_SDK_DISABLED: 'TRUE'", 4)]
    public void A_plan_has_as_many_rounds_as_two_batch_delays_take(string variable, int rounds)
    {
        var plan = PlanBuilder.Build(ScenarioFile.Parse(Text(variable, "3m"), MinimalScenario.Path), null, null, 6);

        Assert.Equal((rounds, 4), (plan.Rounds, plan.StatedRounds));
    }

    // Half of those stated, rounded up, and as many as two delays take.
    [Theory]
    [InlineData("", 80, 40)]
    [InlineData("", 40, 34)]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY: '500'", 5, 4)]
    [InlineData("OTEL_TRACES_EXPORTER: none", 5, 3)]
    [InlineData("OTEL_TRACES_EXPORTER: none", 2, 2)]
    public void A_short_budget_may_halve_the_rounds_but_not_below_two_batch_delays(string variable, int stated, int fewest)
    {
        var scenario = ScenarioFile.Parse(Text(variable, "3m"), MinimalScenario.Path);

        Assert.Equal(fewest, BatchWindow.FewestRounds(scenario.Target, scenario.Variants, scenario.Design with { Rounds = stated }));
    }

    [Fact]
    public void The_longest_delay_of_all_arms_counts() =>
        Assert.Equal(67, PlanBuilder.Build(ScenarioFile.Parse(Text("OTEL_BSP_SCHEDULE_DELAY: '10000'", "5m"), MinimalScenario.Path), null, null, 6).Rounds);

    [Fact]
    public void A_budget_without_room_for_them_is_refused_with_the_values_to_change()
    {
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(Text("", "50s"), MinimalScenario.Path));

        var message = Assert.Single(error.Faults).Message;
        Assert.All((string[])["design.budget", "34 rounds", "the 5s between", "1.2s", "OTEL_BSP_SCHEDULE_DELAY"], word => Assert.Contains(word, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_shipped_scenario_states_rounds_that_hold_two_batches()
    {
        // The scenario of the noise measurement gets its arms by its verb.
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "scenarios"), "*.yaml").Where(file => Path.GetFileName(file) != "noise.yaml");
        Assert.All(files, file =>
        {
            var scenario = ScenarioFile.Load(file);
            Assert.Equal(scenario.Design.Rounds, PlanBuilder.Build(scenario with { Load = scenario.Load with { RatePerSecond = 1 } }, null, null, 6).Rounds);
        });
    }

    private static string Text(string variable, string budget) => $$"""
        scenario: minimal
        question: Does it hold two batches?
        target:
          command: [service]
          ready: { path: /health }
          requests: [ { name: get, path: / } ]
        load: { rate: 10/s }
        design: { launch_sets: 6, rounds: 4, slice: 100ms, warm_up: 750ms, budget: {{budget}} }
        baseline: off
        variants:
          - { name: off, meaning: Without, env: { OTEL_SDK_DISABLED: "true" } }
          - { name: on, meaning: With, env: { {{variable}} } }

        """;
}
