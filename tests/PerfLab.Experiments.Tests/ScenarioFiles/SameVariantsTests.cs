using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>Variants that certainly run alike are found, and those that may differ are not.</summary>
public sealed class SameVariantsTests
{
    [Theory]
    [InlineData("{ name: on, meaning: Every trace }")]
    [InlineData("{ name: on, meaning: Every trace, env: { OTEL_TRACES_SAMPLER: \"\" } }")]
    [InlineData("{ name: on, meaning: Every trace, env: { MODE: plain } }")]
    public void A_variant_that_sets_nothing_that_the_baseline_does_not_is_found(string variant)
    {
        var same = Assert.Single(SameVariants.Of(With(variant)));

        Assert.Equal(new SameVariants("off", "on"), same);
    }

    [Theory]
    [InlineData("{ name: on, meaning: Every trace, env: { MODE: fast } }")]
    [InlineData("{ name: on, meaning: Every trace, env: { MODE: \"\" } }")]
    [InlineData("{ name: on, meaning: Every trace, tail: { keep: [ errors ] } }")]
    [InlineData("{ name: on, meaning: Every trace, back_end: { trouble: down } }")]
    public void A_variant_that_differs_in_something_is_not(string variant) => Assert.Empty(SameVariants.Of(With(variant)));

    [Fact]
    public void Two_variants_that_are_alike_are_found_beside_a_baseline_that_is_not()
    {
        var scenario = With("{ name: on, meaning: One, tail: { keep: [ errors, { share: 10% } ] } }\n  - { name: again, meaning: Two, tail: { keep: [ errors, { share: 10% } ] } }");

        Assert.Equal([new SameVariants("on", "again")], SameVariants.Of(scenario));
    }

    [Fact]
    public void Two_variants_of_different_builds_are_not_alike() => Assert.Empty(SameVariants.Of(With(
        "{ name: on, meaning: One, build: [make, old, \"{build}\"], command: [node, \"{build}/a.js\"] }\n  - { name: again, meaning: Two, build: [make, new, \"{build}\"], command: [node, \"{build}/a.js\"] }")));

    private static Scenario With(string variant) => ScenarioFile.Parse(
        MinimalScenario.Text
            .Replace("{ name: on, meaning: Every trace, env: { OTEL_TRACES_SAMPLER: always_on } }", variant, StringComparison.Ordinal)
            .Replace("command: [dotnet, app.dll]", "command: [dotnet, app.dll]\n  env: { MODE: plain }", StringComparison.Ordinal),
        MinimalScenario.Path);
}
