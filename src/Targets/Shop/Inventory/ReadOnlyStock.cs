using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Shop.Tracing;

namespace Shop.Inventory;

/// <summary>Read-only: one read per product and no writes, so stock never runs out under load.</summary>
/// <param name="catalogue">The database, which is this object's from now on.</param>
internal sealed class ReadOnlyStock(SqliteCatalog catalogue) : IStock, IDisposable
{
    private readonly ConcurrentQueue<SqliteStockReader> _idle = new();

    /// <inheritdoc />
    public ValueTask<StockResult> TakeAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        var reader = _idle.TryDequeue(out var idle) ? idle : new SqliteStockReader(catalogue.Connect());
        var answer = reader.Read(lines);

        // Not returned when reading throws: a statement in an unknown state is not used again.
        _idle.Enqueue(reader);
        return ValueTask.FromResult(answer);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        while (_idle.TryDequeue(out var reader))
        {
            reader.Dispose();
        }

        catalogue.Dispose();
    }
}

/// <summary>One connection with its prepared statement. Not for two callers at once.</summary>
internal sealed class SqliteStockReader : IDisposable
{
    private const string Select = "SELECT price_cents, weight_grams, stock FROM products WHERE sku = $sku;";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;
    private readonly SqliteParameter _sku;

    /// <summary>Initializes a new instance of the <see cref="SqliteStockReader"/> class.</summary>
    /// <param name="connection">A connection that is this reader's from now on.</param>
    public SqliteStockReader(SqliteConnection connection)
    {
        _connection = connection;
        _command = connection.CreateCommand();
        _command.CommandText = Select;
        _sku = _command.Parameters.Add("$sku", SqliteType.Text);
        _command.Prepare();
    }

    /// <summary>Makes another statement on the same connection.</summary>
    /// <returns>The statement, which the caller disposes before this reader.</returns>
    public SqliteCommand CreateCommand() => _connection.CreateCommand();

    /// <summary>Begins a transaction that the next reads take part in.</summary>
    /// <returns>The transaction, which the caller ends.</returns>
    public SqliteTransaction Begin() => _command.Transaction = _connection.BeginTransaction();

    /// <summary>Adds up price and weight, until the first product that is missing.</summary>
    /// <param name="lines">The products.</param>
    /// <returns>The sums, or the shortage.</returns>
    public StockResult Read(IReadOnlyList<StockLine> lines)
    {
        long subtotalCents = 0;
        long weightGrams = 0;
        for (var index = 0; index < lines.Count; index++)
        {
            var line = lines[index];
            _sku.Value = line.Sku;
            using var span = DatabaseSpans.Start("SELECT", "products", Select);
            using var row = _command.ExecuteReader();
            if (!row.Read())
            {
                return StockShortages.Unknown;
            }

            if (row.GetInt64(2) < line.Quantity)
            {
                return StockShortages.OutOfStock;
            }

            subtotalCents += row.GetInt64(0) * line.Quantity;
            weightGrams += row.GetInt64(1) * line.Quantity;
        }

        return new StockResult(subtotalCents, weightGrams, null);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _command.Dispose();
        _connection.Dispose();
    }
}
