using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.ScenarioFiles;

public sealed class VisibilityTests
{
    [Fact]
    public void A_visibility_section_is_read_with_all_its_keys()
    {
        var visibility = Read("""
            visibility:
              rate: 50/s
              before: 1s
              burst: 2s
              after: 3s
              settle: 4s
              requests:
                - { name: unknown, path: /nowhere, expect: 404, share: 1%, burst_share: 40% }
                - { name: large, method: POST, path: /, body: x, share: 2% }
              slower_than: 50ms
              attribute: http.user_agent
              services: [orders, stock]
              alerts: { window: 3s, errors: 20%, slow: 10%, at_least: 7 }
            """);

        Assert.Equal((50.0, 6.0, 10.0, 0.05), (visibility.RatePerSecond, visibility.LoadSeconds, visibility.TotalSeconds, visibility.SlowerThanSeconds));
        Assert.Equal([("unknown", 404, 0.01, 0.4), ("large", 200, 0.02, 0.02)], visibility.Requests.Select(request => (request.Request.Name, request.Request.ExpectedStatus, request.Share, request.BurstShare)));
        Assert.Equal("http.user_agent", visibility.Attribute);
        Assert.Equal(["orders", "stock"], visibility.Services);
        Assert.Equal(new AlertDefinition(3, 0.2, 0.1, 7), visibility.Alerts);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var visibility = Read("visibility: { requests: [{ name: unknown, path: /nowhere, expect: 404, share: 1% }] }");

        Assert.Equal((100.0, 5.0, 4.0, 4.0, 8.0, 0.25), (visibility.RatePerSecond, visibility.BeforeSeconds, visibility.BurstSeconds, visibility.AfterSeconds, visibility.SettleSeconds, visibility.SlowerThanSeconds));
        Assert.Equal(new AlertDefinition(2, 0.3, 0.3, 5), visibility.Alerts);
        Assert.Empty(visibility.Services);
    }

    private static TraceRetentionDefinition Read(string section) => ScenarioFile.Parse(MinimalScenario.With(section), MinimalScenario.Path).TraceRetention!;
}
