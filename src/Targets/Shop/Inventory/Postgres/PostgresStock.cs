using System.Data.Common;
using Npgsql;

namespace Shop.Inventory.Postgres;

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
    public async ValueTask<StockAnswer> TakeAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
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

    private static async Task<StockAnswer> LookAsync(NpgsqlCommand select, Dictionary<string, long> wanted, CancellationToken cancellationToken)
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

        return known < wanted.Count ? Shortages.Unknown : isShort ? Shortages.OutOfStock : new StockAnswer(subtotalCents, weightGrams, null);
    }

    private static async Task<StockAnswer> ReserveAsync(NpgsqlConnection connection, Dictionary<string, long> wanted, CancellationToken cancellationToken)
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
