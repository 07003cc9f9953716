using System.Diagnostics;

namespace PerfLab.Cli.Packages;

/// <summary>Installs programs of Debian and Ubuntu.</summary>
/// <param name="output">Where to say what happens.</param>
internal sealed class DebianPackages(TextWriter output)
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    /// <summary>Gets a value indicating whether this process may install packages here.</summary>
    public static bool CanInstall => Environment.IsPrivilegedProcess && ProgramPath.Has("apt-get");

    /// <summary>Installs packages; that it failed is only said, because what needs them goes without.</summary>
    /// <param name="packages">Names of packages.</param>
    /// <param name="purpose">What needs them, for a sentence.</param>
    /// <param name="cancellationToken">Stops the installation.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the installation was stopped.</exception>
    public async Task InstallAsync(IReadOnlyList<string> packages, string purpose, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"Installing {string.Join(", ", packages)} for {purpose}...");
        // An out-of-date list of packages is refreshed; its failure matters only if the installation then fails too.
        var update = await AptGetAsync(["update", "-q"], cancellationToken);
        var install = await AptGetAsync(["install", "-y", "-q", "--no-install-recommends", .. packages], cancellationToken);
        if (install is not null)
        {
            await output.WriteLineAsync($"apt-get could not install {string.Join(", ", packages)}. What needs them is left out. It said:");
            await output.WriteLineAsync((update ?? "") + install);
        }
    }

    /// <returns>Null when it succeeded, else the end of what it printed.</returns>
    private static async Task<string?> AptGetAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(InstallLimit);
        var start = new ProcessStartInfo("apt-get", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        try
        {
            var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(time.Token), process.StandardError.ReadToEndAsync(time.Token));
            await process.WaitForExitAsync(time.Token);
            return process.ExitCode == 0 ? null : LastLines(string.Concat(printed));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return $"  apt-get {arguments[0]} did not end within {InstallLimit.TotalMinutes:0} minutes and was stopped.\n";
        }
    }

    private static string LastLines(string text) =>
        string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(10).Select(line => $"  {line}\n"));
}
