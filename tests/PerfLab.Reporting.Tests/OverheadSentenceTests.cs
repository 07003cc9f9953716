using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Tests.Fixture;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public sealed class OverheadSentenceTests
{
    [Fact]
    public void When_every_variant_costs_more_the_least_and_the_most_are_named() =>
        Assert.Matches(@"^Every variant allocates more per request, sdk-always-off the least: \+[0-9.]+.% \([0-9.]+ to [0-9.]+\), always-on the most: \+[0-9.]+.% \([0-9.]+ to [0-9.]+\)$", Allocation(1.06, 1.22));

    [Fact]
    public void When_some_do_the_most_is_named() =>
        Assert.Matches(@"^1 of 2 variants allocates more per request: always-on, \+[0-9.]+.% \([0-9.]+ to [0-9.]+\)$", Allocation(1.0, 1.22));

    [Fact]
    public void When_all_are_the_same_the_threshold_is_named() =>
        Assert.Equal("No variant changes bytes allocated per request by more than 1\u00a0%", Allocation(1.0, 1.0));

    [Fact]
    public void A_variant_that_needs_less_does_not_hide_behind_the_word_same() =>
        Assert.Equal("No variant is shown to allocate more per request", Allocation(0.8, 1.0));

    [Fact]
    public void When_nothing_can_be_told_it_says_so() =>
        Assert.Equal("Cannot tell whether any variant costs more CPU per request", OverheadWording.For(MetricId.Cpu, new SyntheticRun { CpuSpread = 0.6 }.Analysis()));

    private static string Allocation(double first, double second) => OverheadWording.For(MetricId.Allocation, new SyntheticRun
    {
        Arms =
        [
            .. SyntheticRun.SamplingArms.Take(2),
            new SyntheticArm("sdk-always-off", "First", ArmRole.Variant, 1, first, 1, 0),
            new SyntheticArm("always-on", "Second", ArmRole.Variant, 1, second, 1, 0),
        ],
    }.Analysis());
}
