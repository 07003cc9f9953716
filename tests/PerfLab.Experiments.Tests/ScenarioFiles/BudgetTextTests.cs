using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class BudgetTextTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("40m", 2400)]
    [InlineData("2h", 7200)]
    public void A_budget_is_a_number_with_its_unit(string text, double seconds) => Assert.Equal(seconds, BudgetParser.Parse(text).TotalSeconds);

    [Theory]
    [InlineData("40", "40 has no unit.")]
    [InlineData("1s", "1s is below 10s.")]
    [InlineData("", "is not a duration.")]
    [InlineData("-5m", "-5m is below 10s.")]
    public void What_is_none_is_told_with_what_to_write(string text, string fault) =>
        Assert.Contains(fault, Assert.Throws<FormatException>(() => BudgetParser.Parse(text)).Message, StringComparison.Ordinal);
}
