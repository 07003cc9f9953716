using Microsoft.Data.Sqlite;

namespace Shop.Inventory.Sqlite;

/// <summary>The SQLite database with products, prices, weights and stock, seeded when it is opened.</summary>
internal sealed class Catalogue : IDisposable
{
    // A database in memory lives as long as a connection to it is open.
    private readonly SqliteConnection _anchor;
    private readonly string _connectionString;

    private Catalogue(string connectionString)
    {
        _connectionString = connectionString;
        _anchor = Connect();
    }

    /// <summary>Opens and seeds the database.</summary>
    /// <param name="folder">The folder of its file, created when missing; null keeps it in memory.</param>
    /// <returns>The open database.</returns>
    public static Catalogue Open(string? folder)
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

        var catalogue = new Catalogue(source.ConnectionString);
        CatalogueSeed.Plant(catalogue._anchor);
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
