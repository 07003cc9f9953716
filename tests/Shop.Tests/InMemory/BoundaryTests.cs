using System.Diagnostics;
using System.Net;

namespace Shop.Tests.InMemory;

public sealed class BoundaryTests
{
    private const string Check = "S:POST /shop.inventory.v1.Stock/Check";

    [Fact]
    public async Task The_inventory_can_be_called_over_http_as_well()
    {
        await using var shop = ShopUnderTest.Start(("SHOP_INVENTORY_TRANSPORT", "http"));
        using var answer = await shop.PostAsync(OrderBodies.Good());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        Assert.Equal(SpanTree.OfAGoodOrderOverHttp, SpanTree.Write(await shop.SpansAsync(OrderBodies.SpansPerOrder)));
    }

    [Theory]
    [InlineData("SKU-SOLD-OUT", "out_of_stock")]
    [InlineData("SKU-9999", "unknown_sku")]
    public async Task Both_transports_refuse_alike(string sku, string error)
    {
        var bodies = new List<string>();
        foreach (var transport in (string[])["http", "grpc"])
        {
            await using var shop = ShopUnderTest.Start(("SHOP_INVENTORY_TRANSPORT", transport));
            using var answer = await shop.PostAsync(OrderBodies.With(sku: sku));
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            bodies.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.Contains(error, bodies[0], StringComparison.Ordinal);
        Assert.Equal(bodies[0], bodies[1]);
    }

    // With none the other side begins a trace of its own; with propagate it hangs below the step itself.
    [Theory]
    [InlineData("grpc", "none", $"I:validateInventory", Check)]
    [InlineData("grpc", "propagate", $"I:validateInventory({Check})", null)]
    [InlineData("grpc", "trace", $"I:validateInventory(C:POST({Check}))", null)]
    [InlineData("http", "none", "I:validateInventory", "S:POST /inventory/check")]
    [InlineData("http", "propagate", "I:validateInventory(S:POST /inventory/check)", null)]
    [InlineData("http", "trace", "I:validateInventory(C:POST(S:POST /inventory/check))", null)]
    public async Task Each_side_of_a_boundary_is_traced_as_far_as_asked_for(string transport, string boundary, string step, string? other)
    {
        await using var shop = ShopUnderTest.Start(("SHOP_INVENTORY_TRANSPORT", transport), ($"SHOP_{transport.ToUpperInvariant()}_BOUNDARY", boundary));
        using var answer = await shop.PostAsync(OrderBodies.With(sku: "SKU-SOLD-OUT"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);

        var spans = await shop.SpansAsync(boundary == "trace" ? 5 : 4);

        Assert.Equal(
            ((string?[])[$"S:POST /orders(I:processOrder({step}))", other]).OfType<string>().Order(StringComparer.Ordinal),
            spans.GroupBy(span => span.TraceId).Select(SpanTree.Write).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("false", "C:SELECT products C:SELECT products")]
    [InlineData("true", "C:SELECT products C:SELECT products C:UPDATE products C:UPDATE products")]
    public async Task Each_statement_of_sqlite_can_have_a_span(string reserves, string statements)
    {
        await using var shop = ShopUnderTest.Start(("SHOP_DATABASE_BOUNDARY", "trace"), ("SHOP_RESERVE_STOCK", reserves));
        using var answer = await shop.PostAsync(OrderBodies.Good());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var spans = await shop.SpansAsync(OrderBodies.SpansPerOrder + statements.Count(letter => letter == ':'));

        Assert.Equal(SpanTree.OfAGoodOrder.Replace(Check, $"{Check}({statements})", StringComparison.Ordinal), SpanTree.Write(spans));
        var select = spans.First(span => span.DisplayName == "SELECT products");
        Assert.Equal("sqlite", select.GetTagItem("db.system.name"));
        Assert.DoesNotContain("SKU-", (string)select.GetTagItem("db.query.text")!, StringComparison.Ordinal);
        Assert.Equal(ActivityKind.Client, select.Kind);
    }
}
