using Microsoft.Data.Sqlite;
using Shop.Tracing;

namespace Shop.Inventory;

/// <summary>Reads and then reserves the items in the same transaction: SQLite's one writer, one order at a time.</summary>
internal sealed class ReservingStock : IStock, IDisposable
{
    private const string Update = "UPDATE products SET stock = stock - $quantity WHERE sku = $sku AND stock >= $quantity;";

    private readonly Lock _writer = new();
    private readonly SqliteCatalog _catalogue;
    private readonly SqliteStockReader _reader;
    private readonly SqliteCommand _take;
    private readonly SqliteParameter _sku;
    private readonly SqliteParameter _quantity;

    /// <summary>Initializes a new instance of the <see cref="ReservingStock"/> class.</summary>
    /// <param name="catalogue">The database, which is this object's from now on.</param>
    public ReservingStock(SqliteCatalog catalogue)
    {
        _catalogue = catalogue;
        _reader = new SqliteStockReader(catalogue.Connect());
        _take = _reader.CreateCommand();
        _take.CommandText = Update;
        _sku = _take.Parameters.Add("$sku", SqliteType.Text);
        _quantity = _take.Parameters.Add("$quantity", SqliteType.Integer);
        _take.Prepare();
    }

    /// <inheritdoc />
    public ValueTask<StockResult> TakeAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken) => ValueTask.FromResult(Take(lines));

    /// <inheritdoc />
    public void Dispose()
    {
        _take.Dispose();
        _reader.Dispose();
        _catalogue.Dispose();
    }

    private StockResult Take(IReadOnlyList<StockLine> lines)
    {
        lock (_writer)
        {
            using var transaction = _reader.Begin();
            _take.Transaction = transaction;
            var answer = _reader.Read(lines);
            if (answer.Shortage is not null)
            {
                return answer;
            }

            for (var index = 0; index < lines.Count; index++)
            {
                _sku.Value = lines[index].Sku;
                _quantity.Value = lines[index].Quantity;
                using var span = DatabaseSpans.Start("UPDATE", "products", Update);
                _take.ExecuteNonQuery();
            }

            transaction.Commit();
            return answer;
        }
    }
}
