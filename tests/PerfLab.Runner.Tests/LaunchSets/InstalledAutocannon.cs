using System.ComponentModel;
using System.Diagnostics;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>autocannon in a temporary folder, removed afterwards. Where it cannot be had it says why.</summary>
internal sealed class InstalledAutocannon : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("perflab-autocannon-");

    /// <summary>Gets why it is not there; null where it is.</summary>
    public string? WhyMissing { get; private set; }

    /// <summary>Gets the path of its program.</summary>
    public string Program => Path.Combine(_folder.FullName, "node_modules", "autocannon", "autocannon.js");

    public async ValueTask InitializeAsync()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "LaunchSets", "Autocannon")))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        WhyMissing = await InstallAsync() is { } reason ? $"autocannon is not installed, so this is not tested: {reason}. Install Node.js 20 or later with npm." : null;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string?> InstallAsync()
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"])
            {
                WorkingDirectory = _folder.FullName,
                UseShellExecute = false,
                RedirectStandardError = true,
            },
        };
        using var limited = new CancellationTokenSource(s_limit);
        try
        {
            process.Start();
            var errors = await process.StandardError.ReadToEndAsync(limited.Token);
            await process.WaitForExitAsync(limited.Token);
            return process.ExitCode == 0 && File.Exists(Program) ? null : $"npm ci says '{errors.Trim()}'";
        }
        catch (Win32Exception missing)
        {
            return missing.Message;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return $"npm ci did not end within {s_limit}";
        }
    }
}
