using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class PlaceholdersTests
{
    private static readonly PlaceholderValues Values = new()
    {
        Process = "api",
        Ports = new Dictionary<string, int> { ["api"] = 5001, ["stock-service"] = 5002 },
        Root = "/home/me/my repo",
        Targets = "/built",
        Scratch = "/tmp/x",
    };

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("{port}", "5001")]
    [InlineData("--urls={url}", "--urls=http://127.0.0.1:5001")]
    [InlineData("{url:stock-service}/items", "http://127.0.0.1:5002/items")]
    [InlineData("{port:api}{port:stock-service}", "50015002")]
    [InlineData("{root}/app.js", "/home/me/my repo/app.js")]
    [InlineData("{targets}/Shop/Shop.dll", "/built/Shop/Shop.dll")]
    [InlineData("Data Source={scratch}/a.db", "Data Source=/tmp/x/a.db")]
    [InlineData("{{port}}", "{port}")]
    [InlineData("{{{port}}}", "{5001}")]
    [InlineData("{{}}", "{}")]
    [InlineData("{{\"a\":{port}}}", "{\"a\":5001}")]
    public void Placeholders_become_what_they_stand_for(string text, string expanded) =>
        Assert.Equal(expanded, Placeholders.Expand(text, Values));

    [Theory]
    [InlineData("{adress}")]
    [InlineData("{}")]
    [InlineData("{PORT}")]
    [InlineData("{ port }")]
    [InlineData("{port:payments}")]
    [InlineData("{url:}")]
    [InlineData("{root:api}")]
    [InlineData("{port")]
    [InlineData("port}")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{{}")]
    [InlineData("{a{port}")]
    public void What_stands_for_nothing_is_an_error_before_and_at_expansion(string text)
    {
        var error = Assert.Throws<FormatException>(() => Placeholders.Expand(text, Values));

        Assert.Contains($"\"{text}\" of process api", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Placeholders.FaultsOf(text, new HashSet<string> { "api", "stock-service" }));
    }

    [Theory]
    [InlineData("{port} {url} {port:api} {url:stock-service} {root} {targets} {scratch} {{x}}")]
    public void What_can_be_expanded_has_no_fault(string text) =>
        Assert.Empty(Placeholders.FaultsOf(text, new HashSet<string> { "api", "stock-service" }));

    [Fact]
    public void Expanded_values_are_not_expanded_again() =>
        Assert.Equal("{port}", Placeholders.Expand("{root}", Values with { Root = "{port}" }));

    [Theory]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void Ports_are_digits_in_every_language(string culture) =>
        Assert.Equal("5001", Culture.Run(culture, () => Placeholders.Expand("{port}", Values)));
}
