using Npgsql;
using NpgsqlTypes;

namespace Shop.Inventory.Postgres;

/// <summary>The PostgreSQL database with the products, seeded when it is opened. Several shops may share one.</summary>
internal static class PostgresCatalogue
{
    /// <summary>Opens and seeds the database.</summary>
    /// <param name="connectionString">How to reach it.</param>
    /// <returns>Its pool of connections, which the caller closes.</returns>
    /// <exception cref="NpgsqlException">It cannot be reached or used.</exception>
    public static NpgsqlDataSource Open(string connectionString)
    {
        var database = NpgsqlDataSource.Create(connectionString);
        try
        {
            using var connection = database.OpenConnection();
            using var transaction = connection.BeginTransaction();
            CreateTable(connection);
            Fill(connection);
            transaction.Commit();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    // One shop seeds at a time; the number of the lock is any that nobody else uses.
    private static void CreateTable(NpgsqlConnection connection)
    {
        using var create = new NpgsqlCommand(
            """
            SELECT pg_advisory_xact_lock(5346871);
            CREATE TABLE IF NOT EXISTS products (
                sku text PRIMARY KEY,
                price_cents bigint NOT NULL,
                weight_grams bigint NOT NULL,
                stock bigint NOT NULL
            )
            """,
            connection);
        create.ExecuteNonQuery();
    }

    private static void Fill(NpgsqlConnection connection)
    {
        var products = Product.All().ToArray();
        using var insert = new NpgsqlCommand(
            """
            INSERT INTO products SELECT * FROM unnest($1, $2, $3, $4)
            ON CONFLICT (sku) DO UPDATE
            SET price_cents = excluded.price_cents, weight_grams = excluded.weight_grams, stock = excluded.stock
            """,
            connection);
        insert.Parameters.Add(new NpgsqlParameter { Value = products.Select(product => product.Sku).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        foreach (var column in (Func<Product, long>[])[product => product.PriceCents, product => product.WeightGrams, product => product.Stock])
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = products.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        }

        insert.ExecuteNonQuery();
    }
}
