using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Shop.Inventory;

/// <summary>Looks in PostgreSQL: all products of an order in one statement. Takes them out of stock in the same transaction if the shop reserves.</summary>
/// <param name="database">The database, which is this object's from now on.</param>
/// <param name="reserves">Whether goods are taken out of stock.</param>
internal sealed class PostgresStock(NpgsqlDataSource database, bool reserves) : IStock, IDisposable
{
    private const string Select = "SELECT sku, price_cents, weight_grams, stock FROM products WHERE sku = ANY($1)";

    // In one order of all callers, so that two orders with the same products cannot wait for each other in a circle.
    private const string SelectForUpdate = Select + " ORDER BY sku FOR UPDATE";
    private const string Update = "UPDATE products SET stock = stock - taken.quantity FROM unnest($1, $2) AS taken(sku, quantity) WHERE products.sku = taken.sku";

    /// <inheritdoc />
    public async ValueTask<StockResult> TakeAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        // A product may stand in several lines.
        var wanted = lines.GroupBy(line => line.Sku, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(line => (long)line.Quantity), StringComparer.Ordinal);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            return reserves ? await ReserveAsync(connection, wanted, cancellationToken) : await LookAsync(new NpgsqlCommand(Select, connection), wanted, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            throw new StockUnavailableException($"PostgreSQL could not be used: {exception.Message} Check that it runs, and --postgres.", exception);
        }
    }

    /// <inheritdoc />
    public void Dispose() => database.Dispose();

    private static async Task<StockResult> LookAsync(NpgsqlCommand select, Dictionary<string, long> wanted, CancellationToken cancellationToken)
    {
        await using var command = select;
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. wanted.Keys] });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        long subtotalCents = 0;
        long weightGrams = 0;
        var known = 0;
        var isShort = false;
        while (await row.ReadAsync(cancellationToken))
        {
            var quantity = wanted[row.GetString(0)];
            known++;
            subtotalCents += row.GetInt64(1) * quantity;
            weightGrams += row.GetInt64(2) * quantity;
            isShort |= row.GetInt64(3) < quantity;
        }

        return known < wanted.Count ? StockShortages.Unknown : isShort ? StockShortages.OutOfStock : new StockResult(subtotalCents, weightGrams, null);
    }

    private static async Task<StockResult> ReserveAsync(NpgsqlConnection connection, Dictionary<string, long> wanted, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var answer = await LookAsync(new NpgsqlCommand(SelectForUpdate, connection), wanted, cancellationToken);
        if (answer.Shortage is null)
        {
            await using var update = new NpgsqlCommand(Update, connection);
            update.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. wanted.Keys] });
            update.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. wanted.Values] });
            await update.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return answer;
    }
}

/// <summary>The PostgreSQL database with the products, seeded when it is opened. Several shops may share one.</summary>
internal static class PostgresCatalog
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
