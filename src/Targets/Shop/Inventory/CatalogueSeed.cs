using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Shop.Inventory;

/// <summary>The products: <c>SKU-0001</c> to <c>SKU-1000</c> in plenty, and <c>SKU-SOLD-OUT</c>.</summary>
internal static class CatalogueSeed
{
    private const int ProductCount = 1000;

    // Enough for a week of a million reservations a minute of one and the same product.
    private const long Stock = 10_000_000_000;

    /// <summary>Creates the table and fills it; a database that is already filled starts afresh.</summary>
    /// <param name="connection">The database.</param>
    public static void Plant(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        using var create = connection.CreateCommand();
        create.CommandText =
            """
            CREATE TABLE IF NOT EXISTS products (
                sku TEXT PRIMARY KEY,
                price_cents INTEGER NOT NULL,
                weight_grams INTEGER NOT NULL,
                stock INTEGER NOT NULL
            ) WITHOUT ROWID;
            """;
        create.ExecuteNonQuery();

        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT OR REPLACE INTO products VALUES ($sku, $price, $weight, $stock);";
        var sku = insert.Parameters.Add("$sku", SqliteType.Text);
        var price = insert.Parameters.Add("$price", SqliteType.Integer);
        var weight = insert.Parameters.Add("$weight", SqliteType.Integer);
        var stock = insert.Parameters.Add("$stock", SqliteType.Integer);
        for (var number = 1; number <= ProductCount; number++)
        {
            // Prices from 1.99 to 100.99 and weights from 100 g to 5 kg, the same in every run.
            sku.Value = string.Create(CultureInfo.InvariantCulture, $"SKU-{number:0000}");
            price.Value = (100L * (1 + (number * 37 % 100))) + 99;
            weight.Value = 100L * (1 + (number * 13 % 50));
            stock.Value = Stock;
            insert.ExecuteNonQuery();
        }

        sku.Value = "SKU-SOLD-OUT";
        stock.Value = 0L;
        insert.ExecuteNonQuery();
        transaction.Commit();
    }
}
