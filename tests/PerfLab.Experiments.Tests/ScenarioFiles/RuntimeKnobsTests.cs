using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class RuntimeKnobsTests
{
    [Fact]
    public void A_profile_is_called_as_scenario_files_call_it() =>
        Assert.All(Choices.Runtime, choice => Assert.Equal(choice.Key, RuntimeKnobs.NameOf(choice.Value)));

    [Fact]
    public void The_lab_stops_idle_spinning_and_the_waits_before_compiling_again_and_nothing_else() =>
        Assert.Equal([("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0"), ("DOTNET_TC_DelaySingleProcMultiplier", "1"), ("DOTNET_TC_CallCountingDelayMs", "0")], Knobs(RuntimeProfile.Lab));

    [Fact]
    public void Steady_compiles_once_as_well() =>
        Assert.Equal([("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0"), ("DOTNET_TieredCompilation", "0")], Knobs(RuntimeProfile.Steady));

    [Fact]
    public void Production_is_left_alone() => Assert.Empty(RuntimeKnobs.For(RuntimeProfile.Production));

    [Fact]
    public void A_profile_that_is_not_stated_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RuntimeKnobs.For(RuntimeProfile.Unknown));

    private static IEnumerable<(string Name, string Value)> Knobs(RuntimeProfile profile) =>
        RuntimeKnobs.For(profile).Select(knob => (knob.Key, knob.Value));
}
