using System.Text.RegularExpressions;
using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>What <c>docs/scenarios.md</c> shows must be true.</summary>
public sealed partial class ManualTests
{
    private static readonly string Manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "scenarios.md"));

    [Fact]
    public void Every_example_of_the_manual_is_read()
    {
        var examples = Example().Matches(Manual).Select(match => match.Groups["yaml"].Value).ToList();

        Assert.Equal(2, examples.Count);
        Assert.All(examples, yaml =>
        {
            var name = ScenarioName().Match(yaml).Groups["name"].Value;
            Assert.Equal(name, ScenarioFile.Parse(yaml, name + ".yaml").Name);
            Assert.NotNull(YamlAsJson.Read(yaml));
        });
    }

    [Fact]
    public void The_manual_names_every_key()
    {
        var keys = new[]
        {
            SectionKeys.Scenario, SectionKeys.Target, SectionKeys.Process, SectionKeys.Ready, SectionKeys.Request,
            SectionKeys.Load, SectionKeys.Generator, SectionKeys.Design, SectionKeys.Variant, SectionKeys.Tail, SectionKeys.TailRule,
            SectionKeys.TraceRetention, SectionKeys.RetentionRequest, SectionKeys.Alerts,
            SectionKeys.PersonalData, SectionKeys.PersonalPattern, SectionKeys.BackEnd,
        }.SelectMany(section => section);

        Assert.All(keys, key => Assert.Matches($@"`[\w.\[\]]*\b{key.Name}\b", Manual));
    }

    [Fact]
    public void The_faults_that_the_manual_shows_are_those_that_a_user_sees()
    {
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(
            MinimalScenario.With("load:\n  rate: 1200\n  arrival: constant\n"), "scenarios/minimal.yaml"));

        Assert.All(error.Faults, fault => Assert.Contains($"{fault.Subject}: {fault.Problem} {fault.Advice}", Manual, StringComparison.Ordinal));
    }

    [GeneratedRegex("^```yaml\n(?<yaml>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Example();

    [GeneratedRegex("^scenario: (?<name>[a-z-]+)$", RegexOptions.Multiline, 1000)]
    private static partial Regex ScenarioName();
}
