using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class ThresholdMeasurabilityTests
{
    private const string Console = "  - { name: console, meaning: To the console, env: { OTEL_TRACES_EXPORTER: console } }\n";

    [Theory]
    [InlineData("overhead(cpu)<5%")]
    [InlineData("overhead(allocation)<5%")]
    [InlineData("overhead(p99)<5%")]
    [InlineData("spans_lost==0")]
    public void What_a_run_measures_may_have_a_threshold(string threshold) =>
        Assert.Single(ScenarioFile.Parse(MinimalScenario.With($"thresholds: [ '{threshold}' ]\n"), MinimalScenario.Path).Thresholds);

    [Theory]
    [InlineData("node, server.js, '{port}'", true)]
    [InlineData("npm, start", true)]
    [InlineData("python3, server.py, '{port}'", false)]
    [InlineData("/usr/bin/java, -jar, server.jar", false)]
    public void Allocation_can_have_a_threshold_where_a_probe_reads_it(string command, bool canHave)
    {
        var yaml = MinimalScenario.Text.Replace("[dotnet, app.dll]", $"[ {command} ]", StringComparison.Ordinal) + "thresholds: [ overhead(allocation)<5% ]\n";

        if (canHave)
        {
            Assert.Single(ScenarioFile.Parse(yaml, MinimalScenario.Path).Thresholds);
        }
        else
        {
            Assert.Contains("neither", Fault(yaml).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Completion_needs_a_target_that_tells_of_it()
    {
        var fault = Fault(MinimalScenario.With("thresholds:\n  - overhead(completion_p99)<10%\n"));

        Assert.Equal((13, 5), (fault.Line, fault.Column));
        Assert.Contains("target.completion", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_spans_of_an_arm_that_exports_elsewhere_cannot_be_counted()
    {
        var fault = Fault(MinimalScenario.With(Console + "thresholds: [ spans_lost==0 ]\n"));

        Assert.Contains("no span of console", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_spans_of_the_other_arms_can() =>
        Assert.Single(ScenarioFile.Parse(MinimalScenario.With(Console + "thresholds: [ 'spans_lost==0 for off, on' ]\n"), MinimalScenario.Path).Thresholds);

    [Fact]
    public void Overhead_needs_a_variant_beside_the_baseline()
    {
        var alone = MinimalScenario.Text.Replace("  - { name: on, meaning: Every trace, env: { OTEL_TRACES_SAMPLER: always_on } }\n", "", StringComparison.Ordinal);

        Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(alone + "thresholds: [ overhead(cpu)<5% ]\n", MinimalScenario.Path));
    }

    private static ScenarioFault Fault(string yaml) =>
        Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(yaml, MinimalScenario.Path)).Faults);
}
