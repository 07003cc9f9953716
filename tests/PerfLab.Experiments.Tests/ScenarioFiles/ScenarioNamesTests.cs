using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>Names for scenario files that are about to be written.</summary>
public sealed class ScenarioNamesTests
{
    [Theory]
    [InlineData("MyApi", "myapi")]
    [InlineData("My.Company.Orders_API", "my-company-orders-api")]
    [InlineData("2048", "service-2048")]
    [InlineData("Größe", "gr-e")]
    [InlineData("---", "service")]
    [InlineData("a-very-long-name-that-goes-on-and-on-and-on-without-end", "a-very-long-name-that-goes-on-and-on-and")]
    public void Any_text_gives_a_valid_name(string text, string expected)
    {
        Assert.Equal(expected, ScenarioNames.Make(text));
        Assert.Null(ScenarioNames.FaultOfScenario(expected));
    }

    [Fact]
    public void A_fault_says_what_is_wrong_and_what_to_write()
    {
        Assert.Contains("lower-case letters", ScenarioNames.FaultOfScenario("MyApi"), StringComparison.Ordinal);
        Assert.Contains("underscores", ScenarioNames.FaultOfVariable("A B"), StringComparison.Ordinal);
    }
}
