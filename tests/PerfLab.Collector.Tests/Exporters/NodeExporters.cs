namespace PerfLab.Collector.Tests.Exporters;

/// <summary>Node's exporters. Where they cannot be had it says why, and the tests are skipped.</summary>
public sealed class NodeExporters : IAsyncLifetime
{
    private NpmFolder? _packages;

    public string? WhyMissing => _packages?.WhyMissing;

    public async ValueTask InitializeAsync() =>
        _packages = await NpmFolder.InstallAsync(Path.Combine(AppContext.BaseDirectory, "Exporters", "Node"), "Node's exporters");

    public ValueTask DisposeAsync()
    {
        _packages?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends spans with one of the exporters.</summary>
    public Task<(int ExitCode, string Output)> ExportAsync(string exporter, Uri url, string compression, int spans) =>
        _packages!.RunAsync("node", ["export.cjs", exporter, url.ToString(), compression, $"{spans}"], Limits.Wait);
}
