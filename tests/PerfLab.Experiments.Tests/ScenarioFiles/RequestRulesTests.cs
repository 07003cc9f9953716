using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

/// <summary>Requests that are about to be written into a scenario file.</summary>
public sealed class RequestRulesTests
{
    private static readonly RequestDefinition s_fit = new()
    {
        Name = "get-orders",
        Method = "GET",
        Path = "/orders?x=$" + "{NONE}",
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Accept"] = "*/*" },
        Body = "{\"a\": 1}",
        ExpectedStatus = 200,
        Weight = 2.5,
    };

    [Fact]
    public void What_a_scenario_file_may_have_has_no_faults() => Assert.Empty(RequestRules.FaultsOf([s_fit], areImported: false));

    [Theory]
    [MemberData(nameof(Excluded))]
    public void A_header_that_the_load_generator_refuses_is_a_fault_before_a_run(string header)
    {
        var request = s_fit with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { [header] = "x" } };

        Assert.Contains($"headers.{header}: the load generator sets this header itself, or does not support", Assert.Single(RequestRules.FaultsOf([request], areImported: false)), StringComparison.Ordinal);
    }

    public static TheoryData<string> Excluded => [.. RequestDefinition.ExcludedHeaders, "Host", "connection", "upgrade", "EXPECT"];

    [Theory]
    [InlineData("Dear {{name}}, {{{{ and {{#each}}")]
    [InlineData("{{{{{name}}}}}")]
    [InlineData("{\"a\":{\"b\":{{id:raw}}}}")]
    [InlineData("{{ {{{ {{{{ {{{{{ {{{{{{{{")]
    [InlineData("{{{{")]
    public void What_looks_like_a_placeholder_is_sent_from_a_scenario_file_in_which_its_braces_are_doubled(string text)
    {
        var imported = s_fit with { Body = text };
        var written = s_fit with { Body = RequestRules.Escape(text), Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Note"] = RequestRules.Escape(text) } };

        Assert.Empty(RequestRules.FaultsOf([imported], areImported: true));
        Assert.Empty(RequestRules.FaultsOf([written], areImported: false));
        var read = RequestRules.Unescape(written);
        Assert.Equal((text, text), (read.Body, read.Headers["X-Note"]));
    }

    [Fact]
    public void A_scenario_file_sends_two_braces_for_four()
    {
        const string Request = "{ name: mail, method: POST, path: '/{{{{id}}', headers: { X-Note: 'a {{{{b}}' }, body: '{\"text\":\"Dear {{{{name}}\"}' }";

        var read = ScenarioFile.Parse(MinimalScenario.Text.Replace("{ name: home, path: / }", Request, StringComparison.Ordinal), MinimalScenario.Path).Target.Requests[0];

        Assert.Equal(("/{{id}}", "a {{b}}", "{\"text\":\"Dear {{name}}\"}"), (read.Path, read.Headers["X-Note"], read.Body));
    }

    [Fact]
    public void Text_without_placeholders_is_written_as_it_is() => Assert.Equal("{\"a\":{\"b\":{}}} {{#each}}", RequestRules.Escape("{\"a\":{\"b\":{}}} {{#each}}"));

    [Fact]
    public void Every_fault_is_told_with_the_name_of_its_request()
    {
        var faults = RequestRules.FaultsOf(
        [
            s_fit,
            s_fit with { Name = "GET-orders" },
            s_fit with { Name = "long", Path = "/" + new string('a', 2000) },
            s_fit with { Name = "method", Method = "BREW" },
            s_fit with { Name = "value", Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Name"] = "é" } },
            s_fit with { Name = "header", Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Host"] = "a", ["a b"] = "c" } },
            s_fit with { Name = "feed", Body = "{{id}}" },
            s_fit with { Name = "1st" },
        ], areImported: false);

        Assert.Equal(8, faults.Count);
        foreach (var told in new[] { "request GET-orders.name: ", "request long.path: ", "request method.method: ", "request value.headers.X-Name: ", "request header.headers.Host: ", "request header.headers.a b: ", "request feed.body: ", "request 1st.name: " })
        {
            Assert.Contains(faults, fault => fault.StartsWith(told, StringComparison.Ordinal));
        }
    }
}
