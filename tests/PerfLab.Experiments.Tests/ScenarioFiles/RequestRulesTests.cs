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
    public void What_a_scenario_file_may_have_has_no_faults() => Assert.Empty(RequestRules.FaultsOf([s_fit]));

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
        ]);

        Assert.Equal(8, faults.Count);
        foreach (var told in new[] { "request GET-orders.name: ", "request long.path: ", "request method.method: ", "request value.headers.X-Name: ", "request header.headers.Host: ", "request header.headers.a b: ", "request feed.body: ", "request 1st.name: " })
        {
            Assert.Contains(faults, fault => fault.StartsWith(told, StringComparison.Ordinal));
        }
    }
}
