using Microsoft.Data.Sqlite;

namespace Shop.Inventory;

/// <summary>The SQLite database with products, prices, weights and stock, seeded when it is opened.</summary>
internal sealed class SqliteCatalog : IDisposable
{
    // A database in memory lives as long as a connection to it is open.
    private readonly SqliteConnection _anchor;
    private readonly string _connectionString;

    private SqliteCatalog(string connectionString)
    {
        _connectionString = connectionString;
        _anchor = Connect();
    }

    /// <summary>Opens and seeds the database.</summary>
    /// <param name="folder">The folder of its file, created when missing; null keeps it in memory.</param>
    /// <returns>The open database.</returns>
    public static SqliteCatalog Open(string? folder)
    {
        var source = new SqliteConnectionStringBuilder
        {
            // The prepared statements are what is worth keeping, and the library's own pool keeps only connections.
            Pooling = false,
        };
        if (folder is null)
        {
            source.DataSource = $"shop-{Guid.NewGuid():N}";
            source.Mode = SqliteOpenMode.Memory;
            source.Cache = SqliteCacheMode.Shared;
        }
        else
        {
            Directory.CreateDirectory(folder);
            source.DataSource = Path.Combine(folder, "inventory.db");
        }

        var catalogue = new SqliteCatalog(source.ConnectionString);
        SqliteCatalogSeed.Seed(catalogue._anchor);
        return catalogue;
    }

    /// <summary>Opens one more connection.</summary>
    /// <returns>The connection, which the caller closes.</returns>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var pragma = connection.CreateCommand();

        // Readers and a writer do not wait for each other; a lost last write after a power cut is no loss here.
        pragma.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA read_uncommitted = true;";
        pragma.ExecuteNonQuery();
        return connection;
    }

    /// <inheritdoc />
    public void Dispose() => _anchor.Dispose();
}

/// <summary>Puts the products into a database.</summary>
internal static class SqliteCatalogSeed
{
    /// <summary>Creates the table and fills it; a database that is already filled starts afresh.</summary>
    /// <param name="connection">The database.</param>
    public static void Seed(SqliteConnection connection)
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
