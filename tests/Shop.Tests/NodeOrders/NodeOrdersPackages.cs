using System.ComponentModel;
using System.Diagnostics;
using Shop.Tests.OutOfProcess;

namespace Shop.Tests.NodeOrders;

/// <summary>The order service in Node.js with its packages, in a temporary folder that is removed afterwards. Where they cannot be had it says why, and the tests are skipped.</summary>
public sealed class NodeOrdersPackages : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("perflab-node-orders-");
    private string? _whyMissing;

    /// <summary>Gets its program; skips the test where its packages are not installed.</summary>
    public string Main
    {
        get
        {
            Assert.SkipWhen(_whyMissing is not null, _whyMissing ?? string.Empty);
            return Path.Combine(_folder.FullName, "main.cjs");
        }
    }

    public async ValueTask InitializeAsync()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(ShopProcess.Root(), "src", "Targets", "node-orders")))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        var (exitCode, output) = await InstallAsync();
        _whyMissing = exitCode == 0 ? null : $"The packages of node-orders are not installed, so it is not tested: npm ci says '{output}'. Install Node.js 20 or later with npm.";
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<(int ExitCode, string Output)> InstallAsync()
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            WorkingDirectory = _folder.FullName,
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
            using var limited = new CancellationTokenSource(s_limit);
            var output = process.StandardOutput.ReadToEndAsync(limited.Token);
            var errors = process.StandardError.ReadToEndAsync(limited.Token);
            await process.WaitForExitAsync(limited.Token);
            return (process.ExitCode, $"{await output}{await errors}".Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"npm did not end within {s_limit}");
        }
    }
}
