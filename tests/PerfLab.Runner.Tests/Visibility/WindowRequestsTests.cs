using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Tests.LaunchSets;
using PerfLab.Runner.TraceRetention;

namespace PerfLab.Runner.Tests.Visibility;

public sealed class WindowRequestsTests
{
    private static readonly TraceRetentionDefinition Visibility = new()
    {
        RatePerSecond = 1_000,
        BeforeSeconds = 4,
        BurstSeconds = 2,
        AfterSeconds = 4,
        SettleSeconds = 1,
        Requests = [new RetentionRequest(Request("declined", 402), 0.02, 0.5), new RetentionRequest(Request("slow", 200), 0.1, 0.1)],
        SlowerThanSeconds = 0.1,
        Attribute = "user_agent.original",
        Services = [],
        Alerts = new AlertDefinition(2, 0.3, 0.3, 5),
    };

    [Fact]
    public void Kinds_are_mixed_by_their_shares_inside_and_outside_the_burst()
    {
        var requests = Choose();

        var calm = requests.Where((_, number) => !InBurst(number)).ToList();
        var burst = requests.Where((_, number) => InBurst(number)).ToList();
        Assert.InRange(calm.Count(request => request.Kind == "declined") / 8_000.0, 0.01, 0.03);
        Assert.InRange(burst.Count(request => request.Kind == "declined") / 2_000.0, 0.46, 0.54);
        Assert.InRange(requests.Count(request => request.Kind == "slow") / 10_000.0, 0.08, 0.12);
        Assert.All(requests, request => Assert.Equal(request.Kind == "declined", request.IsMeantToFail));
    }

    [Fact]
    public void Every_request_carries_its_number_and_nothing_by_which_a_sampler_would_be_led()
    {
        var requests = Choose();

        Assert.All(requests.Index(), request => Assert.Equal($"perflab-visibility/1 {request.Index}", request.Item.Definition.Headers["User-Agent"]));
        Assert.All(requests, request => Assert.DoesNotContain(request.Definition.Headers.Keys, name => name.Equals("traceparent", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Equal_seeds_give_equal_requests() => Assert.Equal(Choose().Select(request => request.Kind), Choose().Select(request => request.Kind));

    private static bool InBurst(int number) => number is >= 4_000 and < 6_000;

    private static IReadOnlyList<WindowRequest> Choose() =>
        WindowRequestGenerator.Choose(TestPlans.Small() with { Visibility = Visibility }, [.. Enumerable.Range(0, 10_000).Select(number => number / 1_000.0)], seed: 7);

    private static RequestDefinition Request(string name, int status) => new()
    {
        Name = name,
        Method = "GET",
        Path = "/",
        Headers = new Dictionary<string, string> { ["user-agent"] = "mine" },
        Body = null,
        ExpectedStatus = status,
        Weight = 1,
    };
}
