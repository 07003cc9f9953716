using System.Net.Sockets;
using Npgsql;

namespace Shop.Tests.OutOfProcess;

/// <summary>A real PostgreSQL with a database of its own, as Debian's package <c>postgresql</c> brings it.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _folder;
    private ServerProcess? _server;

    private PostgresServer(string folder, int port)
    {
        _folder = folder;
        Port = port;
    }

    /// <summary>Gets why there is none; null when there is.</summary>
    public static string? WhyMissing { get; } = !OperatingSystem.IsLinux()
        ? "PostgreSQL is started as Linux starts it."
        : Find("initdb") is null
            ? "PostgreSQL is missing: the boundary to a database was not tested against it. On Debian and Ubuntu: apt-get install postgresql"
            : null;

    public int Port { get; }

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=shop;Database=postgres";

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer(Directory.CreateTempSubdirectory("shop-postgres-").FullName, ServerProcess.FreePort());
        try
        {
            await server.BeginAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public Task CrashAsync() => _server!.CrashAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task BeginAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root; its package made a user.
            await ServerProcess.RunAsync("chown", ["postgres", _folder], "/");
        }

        var data = Path.Combine(_folder, "data");
        var (initialise, words) = AsAnybody(Find("initdb")!, ["-D", data, "-U", "shop", "-A", "trust", "--no-sync", "--locale=C"]);
        await ServerProcess.RunAsync(initialise, words, _folder);
        var (program, arguments) = AsAnybody(
            Find("postgres")!,
            ["-D", data, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]);
        _server = ServerProcess.Start(program, arguments, _folder);
        await _server.UntilAsync(IsReadyAsync);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=5");
            await connection.OpenAsync();
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException)
        {
            return false;
        }
    }

    private static (string Program, IEnumerable<string> Arguments) AsAnybody(string program, string[] arguments) => Environment.IsPrivilegedProcess
        ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", program, .. arguments])
        : (program, arguments);

    // Debian keeps the programs of each version in a folder that is not on the PATH.
    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin")) : [])
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
