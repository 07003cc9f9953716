using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Npgsql;
using Shop.Inventory;
using Shop.Tests.InMemory;

namespace Shop.Tests.OutOfProcess;

public sealed class PostgresTests
{
    private static readonly StockLine[] TwoProducts = [new("SKU-0500", 3), new("SKU-0501", 1)];

    [Fact]
    public async Task PostgreSQL_answers_as_sqlite_does()
    {
        await using var server = await StartAsync();
        using var looking = new PostgresStock(PostgresCatalog.Open(server.ConnectionString), reserves: false);

        // SKU-0001: 38.99 and 1,400 g, in two lines; SKU-0002: 75.99 and 2,700 g.
        Assert.Equal(
            new StockResult((2 * 3899) + 7599, (2 * 1400) + 2700, null),
            await looking.TakeAsync([new("SKU-0001", 1), new("SKU-0002", 1), new("SKU-0001", 1)], CancellationToken.None));
        Assert.Equal("out_of_stock", (await looking.TakeAsync([new("SKU-SOLD-OUT", 1)], CancellationToken.None)).Shortage?.Error);
        Assert.Equal("unknown_sku", (await looking.TakeAsync([new("SKU-0001", 1), new("'; DROP TABLE products; --", 1)], CancellationToken.None)).Shortage?.Error);

        using var reserving = new PostgresStock(PostgresCatalog.Open(server.ConnectionString), reserves: true);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(async () =>
            Assert.Null((await reserving.TakeAsync(number % 2 == 0 ? TwoProducts : [.. TwoProducts.Reverse()], CancellationToken.None)).Shortage))));
        Assert.NotNull((await reserving.TakeAsync([new("SKU-0500", 3), new("SKU-SOLD-OUT", 1)], CancellationToken.None)).Shortage);
        Assert.Equal(10_000_000_000 - 60, await StockOfAsync(server, "SKU-0500"));
        Assert.Equal(10_000_000_000 - 20, await StockOfAsync(server, "SKU-0501"));
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task Its_statements_are_spans_of_the_order_seen_at_the_collector(string transport)
    {
        await using var server = await StartAsync();
        await using var receiver = await OtlpReceiver.StartAsync(HttpProtocols.Http1);
        await using var shop = await ShopProcess.ListeningAsync(
            ["--urls", "http://127.0.0.1:0", "--postgres", server.ConnectionString],
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("SHOP_INVENTORY_TRANSPORT", transport),
            ("SHOP_DATABASE_BOUNDARY", "trace"));
        Assert.Equal(HttpStatusCode.OK, await Customer.OrderAsync(shop.Url));
        Assert.Equal(0, await shop.TerminateAsync());

        // Seeding leaves a few traces of its own.
        var order = receiver.Spans.Single(span => span.Name == "POST /orders");
        var spans = receiver.Spans.Where(span => span.Trace == order.Trace).ToArray();
        Assert.Equal(OrderBodies.SpansPerOrder + 1, spans.Length);
        var check = spans.Single(span => span.Name.EndsWith(transport == "grpc" ? "Stock/Check" : "/inventory/check", StringComparison.Ordinal));
        Assert.Single(spans, span => span.Parent == check.Id);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_database_that_crashes_fails_orders_at_once_and_nothing_hangs(string transport)
    {
        await using var server = await StartAsync();
        await using var shop = await ShopProcess.ListeningAsync(
            ["--urls", "http://127.0.0.1:0", "--postgres", server.ConnectionString],
            ("OTEL_SDK_DISABLED", "true"),
            ("SHOP_INVENTORY_TRANSPORT", transport));
        Assert.Equal(HttpStatusCode.OK, await Customer.OrderAsync(shop.Url));

        await server.CrashAsync();

        Assert.Equal(HttpStatusCode.BadGateway, await Customer.OrderAsync(shop.Url));
        Assert.Equal(HttpStatusCode.BadGateway, await Customer.OrderAsync(shop.Url));
        Assert.Equal(0, await shop.TerminateAsync());
    }

    [Fact]
    public async Task A_database_that_is_not_there_ends_the_start_with_its_reason()
    {
        await using var shop = ShopProcess.Start(["--urls", "http://127.0.0.1:0", "--postgres", $"Host=127.0.0.1;Port={ServerProcess.FreePort()};Password=secret"]);

        Assert.Equal(2, await shop.ExitCodeAsync());

        Assert.Contains("--postgres or SHOP_POSTGRES: the database cannot be opened", shop.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", shop.Errors, StringComparison.Ordinal);
    }

    private static Task<PostgresServer> StartAsync()
    {
        Assert.SkipWhen(PostgresServer.WhyMissing is not null, PostgresServer.WhyMissing ?? string.Empty);
        return PostgresServer.StartAsync();
    }

    private static async Task<long> StockOfAsync(PostgresServer server, string sku)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT stock FROM products WHERE sku = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sku });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
