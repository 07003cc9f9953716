using System.Collections.Concurrent;

namespace Shop.Inventory.Sqlite;

/// <summary>Only looks: a read per product and nothing written, so stock never runs out however long the load lasts.</summary>
/// <param name="catalogue">The database, which is this object's from now on.</param>
internal sealed class LookedAtStock(Catalogue catalogue) : IStock, IDisposable
{
    private readonly ConcurrentQueue<StockReader> _idle = new();

    /// <inheritdoc />
    public ValueTask<StockAnswer> TakeAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        var reader = _idle.TryDequeue(out var idle) ? idle : new StockReader(catalogue.Connect());
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
