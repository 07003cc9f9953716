using System.ComponentModel;
using System.Diagnostics;

namespace PerfLab.Collector.Tests;

/// <summary>A copy of a folder of Node.js with the npm packages of its lock file, removed afterwards.</summary>
internal sealed class NpmFolder : IDisposable
{
    private static readonly TimeSpan s_installLimit = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("perflab-npm-");

    /// <summary>Gets why the packages are not there; null where they are.</summary>
    public string? WhyMissing { get; private set; }

    /// <summary>Copies the files of a folder and installs their packages.</summary>
    /// <param name="source">Has <c>package.json</c> and its lock file.</param>
    /// <param name="what">What is not tested without them.</param>
    public static async Task<NpmFolder> InstallAsync(string source, string what)
    {
        var npm = new NpmFolder();
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, npm.PathOf(Path.GetFileName(file)));
        }

        string[] arguments = ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
        var (exitCode, output) = await npm.RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments, s_installLimit);
        npm.WhyMissing = exitCode == 0 ? null : $"The packages of {what} are not installed, so this is not tested: npm ci says '{output}'. Install Node.js 20 or later with npm.";
        return npm;
    }

    /// <summary>Gets the path of a file in it.</summary>
    public string PathOf(params string[] names) => Path.Combine([_folder.FullName, .. names]);

    /// <summary>Runs a program in it to its end.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string file, string[] arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(file, arguments)
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

    public void Dispose() => _folder.Delete(recursive: true);
}
