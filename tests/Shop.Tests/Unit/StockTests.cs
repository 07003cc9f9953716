using Microsoft.Data.Sqlite;
using Shop.Inventory;

namespace Shop.Tests.Unit;

public sealed class StockTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"shop-test-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Prices_and_weights_are_added_up_by_quantity()
    {
        using var stock = new ReadOnlyStock(SqliteCatalog.Open(null));

        // SKU-0001: 38.99 and 1,400 g; SKU-0002: 75.99 and 2,700 g.
        var answer = await TakeAsync(stock, [new StockLine("SKU-0001", 2), new StockLine("SKU-0002", 1)]);

        Assert.Equal(new StockResult((2 * 3899) + 7599, (2 * 1400) + 2700, null), answer);
    }

    [Theory]
    [InlineData("SKU-SOLD-OUT", "out_of_stock")]
    [InlineData("SKU-0000", "unknown_sku")]
    [InlineData("SKU-1001", "unknown_sku")]
    [InlineData("'; DROP TABLE products; --", "unknown_sku")]
    public async Task The_first_shortage_is_told(string sku, string error)
    {
        using var stock = new ReadOnlyStock(SqliteCatalog.Open(null));
        Assert.Equal(error, (await TakeAsync(stock, [new StockLine("SKU-1000", 1), new StockLine(sku, 1)])).Shortage?.Error);
        Assert.Null((await TakeAsync(stock, [new StockLine("SKU-1000", 1)])).Shortage);
    }

    [Fact]
    public async Task Looking_takes_nothing_and_many_may_look_at_once()
    {
        using var stock = new ReadOnlyStock(SqliteCatalog.Open(_folder));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var time = 0; time < 200; time++)
            {
                Assert.Null((await TakeAsync(stock, [new StockLine("SKU-0500", 1000)])).Shortage);
            }
        })));

        Assert.Equal(10_000_000_000, StockOf("SKU-0500"));
    }

    [Fact]
    public async Task Reserving_takes_exactly_what_was_ordered()
    {
        using var stock = new ReservingStock(SqliteCatalog.Open(_folder));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var time = 0; time < 25; time++)
            {
                Assert.Null((await TakeAsync(stock, [new StockLine("SKU-0500", 3), new StockLine("SKU-0501", 1)])).Shortage);
            }
        })));

        // An order that cannot be fulfilled takes nothing, not even its first line.
        Assert.NotNull((await TakeAsync(stock, [new StockLine("SKU-0500", 3), new StockLine("SKU-SOLD-OUT", 1)])).Shortage);
        Assert.Equal(10_000_000_000 - 300, StockOf("SKU-0500"));
        Assert.Equal(10_000_000_000 - 100, StockOf("SKU-0501"));
    }

    [Fact]
    public async Task Reserving_works_in_memory_too()
    {
        using var stock = new ReservingStock(SqliteCatalog.Open(null));
        Assert.Null((await TakeAsync(stock, [new StockLine("SKU-0500", 3)])).Shortage);
        Assert.Null((await TakeAsync(stock, [new StockLine("SKU-0500", 3)])).Shortage);
    }

    [Fact]
    public async Task Two_shops_in_memory_do_not_share_their_stock()
    {
        using var one = SqliteCatalog.Open(null);
        using var connection = one.Connect();
        using var empty = connection.CreateCommand();
        empty.CommandText = "DELETE FROM products;";
        empty.ExecuteNonQuery();

        using var other = new ReadOnlyStock(SqliteCatalog.Open(null));
        Assert.Null((await TakeAsync(other, [new StockLine("SKU-0001", 1)])).Shortage);
    }

    private static async Task<StockResult> TakeAsync(IStock stock, StockLine[] lines)
    {
        return await stock.TakeAsync(lines, CancellationToken.None);
    }

    private long StockOf(string sku)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "inventory.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT stock FROM products WHERE sku = $sku;";
        command.Parameters.AddWithValue("$sku", sku);
        return (long)command.ExecuteScalar()!;
    }
}
