using Microsoft.Data.Sqlite;

namespace Shop.Inventory.Sqlite;

/// <summary>Puts the products into a database.</summary>
internal static class CatalogueSeed
{
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
        foreach (var product in Product.All())
        {
            sku.Value = product.Sku;
            price.Value = product.PriceCents;
            weight.Value = product.WeightGrams;
            stock.Value = product.Stock;
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
