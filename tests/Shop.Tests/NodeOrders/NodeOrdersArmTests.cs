using System.Net;
using Shop.Tests.OutOfProcess;

namespace Shop.Tests.NodeOrders;

/// <summary>The arms of the scenarios node-express: each exports as many spans as its orders make, none is lost and none is left over.</summary>
/// <param name="packages">The service.</param>
public sealed class NodeOrdersArmTests(NodeOrdersPackages packages) : IClassFixture<NodeOrdersPackages>
{
    private const int Orders = 40;

    // The server spans of both services and the client span between them; of Express the body parser and the handler of both
    // services, which the instrumentation of Express's router repeats with two more; of the business processOrder and its four steps, and the delivery of the notification.
    private const int Http = 3;
    private const int Express = 4;
    private const int Router = 6;
    private const int Business = 6;

    public static TheoryData<string, int, string[]> Arms => new()
    {
        { "off", 0, ["OTEL_SDK_DISABLED=true"] },
        { "never", 0, ["OTEL_TRACES_SAMPLER=always_off"] },
        { "http", Http, ["ORDERS_INSTRUMENTATION=http"] },
        { "http-express", Http + Express, ["ORDERS_INSTRUMENTATION=http,express"] },
        { "manual", Business, ["ORDERS_INSTRUMENTATION=manual"] },
        { "full", Http + Express + Router + Business, [] },
        { "simple", Http + Express + Router + Business, ["ORDERS_SPAN_PROCESSOR=simple"] },
    };

    [Theory]
    [MemberData(nameof(Arms))]
    public async Task Every_span_of_an_arm_arrives(string arm, int spansPerOrder, string[] variables)
    {
        var spans = await OrderAsync(variables);

        Assert.True(Orders * spansPerOrder == spans.Count, $"{arm}: {spans.Count} spans of {Orders} orders. {string.Join("; ", ReceivedTraces.Shape(spans).GroupBy(line => line).Select(line => $"{line.Count()} {line.Key}"))}");
        Assert.Equal(spans.Count, spans.Select(span => span.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Head_sampling_keeps_whole_orders_and_about_the_share_that_was_asked_for()
    {
        var spans = await OrderAsync(["OTEL_TRACES_SAMPLER=parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG=0.5"]);

        var orders = spans.GroupBy(span => span.Trace, StringComparer.Ordinal).ToList();
        Assert.All(orders, order => Assert.Equal(Http + Express + Router + Business, order.Count()));

        // Of 40 fair coins, 5 to 35 heads come up but once in a million times.
        Assert.InRange(orders.Count, 5, 35);
    }

    private Task<IReadOnlyList<OtlpSpan>> OrderAsync(string[] variables) => ReceivedTraces.OfAsync(
        packages.Main,
        async url =>
        {
            foreach (var status in await Task.WhenAll(Enumerable.Range(0, Orders).Select(_ => Customer.OrderAsync(url))))
            {
                Assert.Equal(HttpStatusCode.OK, status);
            }
        },
        [.. variables.Select(variable => (variable.Split('=')[0], variable.Split('=')[1]))]);
}
