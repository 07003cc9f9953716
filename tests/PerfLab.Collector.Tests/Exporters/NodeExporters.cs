using System.ComponentModel;
using System.Diagnostics;

namespace PerfLab.Collector.Tests.Exporters;

/// <summary>Node's exporters in a temporary folder, removed afterwards. Where they cannot be had it says why, and the tests are skipped.</summary>
public sealed class NodeExporters : IAsyncLifetime
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("perflab-node-");

    public string? WhyMissing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Exporters", "Node")))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }

        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var (exitCode, output) = await RunAsync(
            npm, ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], InstallLimit);
        WhyMissing = exitCode == 0 ? null : $"Node's exporters are not installed, so this is not tested: npm ci says '{output}'. Install Node.js 18 or later with npm.";
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends spans with one of the exporters.</summary>
    public Task<(int ExitCode, string Output)> ExportAsync(string exporter, Uri url, string compression, int spans) =>
        RunAsync("node", ["export.cjs", exporter, url.ToString(), compression, $"{spans}"], Limits.Wait);

    private async Task<(int ExitCode, string Output)> RunAsync(string file, string[] arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            return (-1, missing.Message);
        }

        try
        {
            using var limited = new CancellationTokenSource(limit);
            var output = process.StandardOutput.ReadToEndAsync(limited.Token);
            var errors = process.StandardError.ReadToEndAsync(limited.Token);
            await process.WaitForExitAsync(limited.Token);
            return (process.ExitCode, $"{await output}{await errors}".Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{file} did not end within {limit}");
        }
    }
}
