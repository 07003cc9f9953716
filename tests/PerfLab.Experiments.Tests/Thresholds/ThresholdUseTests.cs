using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Tests.Thresholds;

public class ThresholdUseTests
{
    private static readonly string[] Variants = ["off", "ratio-10", "always-on"];

    [Theory]
    [InlineData("p(97.5)<200")]
    [InlineData("avg<5")]
    [InlineData("late(p(99))<1ms")]
    [InlineData("rate<0.01")]
    [InlineData("dropped==0")]
    [InlineData("count>1000")]
    [InlineData("rps>=990")]
    public void What_a_load_test_measures_can_be_used_in_it(string text) => Assert.Null(ThresholdApplicability.FaultInLoadTest(Threshold.Parse(text), requests: null));

    [Theory]
    [InlineData("overhead(cpu)<5%", "overhead(cpu) needs arms to compare, and a load test has none. Put the threshold into a scenario file.")]
    [InlineData("spans_lost==0", "spans_lost needs arms to compare, and a load test has none. Put the threshold into a scenario file.")]
    [InlineData("p(99)<200 for off", "'p(99)<200 for off' names arms, and a load test has none. Leave out what begins with 'for'.")]
    public void What_needs_arms_cannot_be_used_in_a_load_test(string text, string fault) =>
        Assert.Equal(fault, ThresholdApplicability.FaultInLoadTest(Threshold.Parse(text), requests: null));

    [Theory]
    [InlineData("p(50)<200")]
    [InlineData("p(99.9)<200 for off, always-on")]
    [InlineData("errors<1%")]
    [InlineData("overhead(cpu)<5%")]
    [InlineData("overhead(p(99))<5% for always-on")]
    [InlineData("spans_lost==0 for off")]
    public void What_a_scenario_measures_can_be_used_in_it(string text) =>
        Assert.Null(ThresholdApplicability.FaultInScenario(Threshold.Parse(text), Variants, "off", ["orders", "checkout"]));

    [Theory]
    [InlineData("p(95)<200", "p(95) is not kept for every launch set of a scenario. Use one of: p(50), p(90), p(99), p(99.9).")]
    [InlineData("avg<200", "avg is not kept for every launch set of a scenario. Use one of: p(50), p(90), p(99), p(99.9).")]
    [InlineData("dropped==0", "dropped needs no threshold in a scenario: a launch set with dropped or late starts is void. Use it with the load verb.")]
    [InlineData("late(max)<1ms", "late(max) needs no threshold in a scenario: a launch set with dropped or late starts is void. Use it with the load verb.")]
    [InlineData("rps>5", "rps is fixed by a scenario's plan, and a launch set that misses its rate is void. Use it with the load verb.")]
    [InlineData("count>5", "count is fixed by a scenario's plan, and a launch set that misses its rate is void. Use it with the load verb.")]
    [InlineData("p(99)<200 for Off", "'Off' is not a variant. Name some of: off, ratio-10, always-on; or leave out 'for' to mean all.")]
    [InlineData("overhead(cpu)<5% for always-on, off", "'off' is the baseline and has no overhead over itself. Leave it out of 'overhead(cpu)<5% for always-on, off'.")]
    public void What_a_scenario_cannot_judge_is_told_before_it_starts(string text, string fault)
    {
        var (problem, advice) = Assert.NotNull(ThresholdApplicability.FaultInScenario(Threshold.Parse(text), Variants, "off", ["orders", "checkout"]));

        Assert.Equal(fault, $"{problem} {advice}");
    }

    [Theory]
    [InlineData("p(99){orders}<20ms", null)]
    [InlineData("rate{ health check }<1%", null)]
    [InlineData("p(99){order}<20ms", "there is no request 'order'. Did you mean orders? All there are: orders, health check.")]
    public void A_threshold_may_name_requests_that_a_load_test_has(string text, string? fault) =>
        Assert.Equal(fault, ThresholdApplicability.FaultInLoadTest(Threshold.Parse(text), ["orders", "health check"]));

    [Theory]
    [InlineData("p(99){orders}<20ms", null)]
    [InlineData("rate{orders}<1% for on", null)]
    [InlineData("p(99.9){ health check }<20ms", null)]
    [InlineData("p(99){order}<20ms", "there is no request 'order'. Did you mean orders? All there are: orders, health check.")]
    [InlineData("p(95){orders}<20ms", "p(95) is not kept for every launch set of a scenario. Use one of: p(50), p(90), p(99), p(99.9).")]
    [InlineData("count{orders}>1", "count is fixed by a scenario's plan, and a launch set that misses its rate is void. Use it with the load verb.")]
    public void A_threshold_may_name_requests_that_a_scenario_has(string text, string? fault) =>
        Assert.Equal(fault, ThresholdApplicability.FaultInScenario(Threshold.Parse(text), ["off", "on"], "off", ["orders", "health check"]) is var (problem, advice) ? $"{problem} {advice}" : null);
}
