using System.Diagnostics;

namespace PerfLab.Cli.Verbs.Testing;

/// <summary>
/// Sees to the tools that tests need: installs Debian packages where that is wanted and possible, else says what is
/// missing. What stays missing never stops the tests; those that need it are skipped with a reason.
/// </summary>
/// <param name="output">Where to say what happens.</param>
/// <param name="mayInstall">Whether the user wants packages installed.</param>
internal sealed class TestSetUp(TextWriter output, bool mayInstall)
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    /// <summary>Provides what the given projects need, as far as possible.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the installation was stopped.</exception>
    public async Task ProvideAsync(IReadOnlyList<TestProject> projects, CancellationToken cancellationToken)
    {
        var missing = TestTool.All
            .Where(tool => projects.Any(project => project.Name == tool.Project) && !tool.IsPresent)
            .ToList();
        if (missing.Count == 0)
        {
            return;
        }

        if (mayInstall && Environment.IsPrivilegedProcess && TestTool.IsOnPath("apt-get"))
        {
            await InstallAsync(missing, cancellationToken);
        }

        foreach (var tool in missing.Where(tool => !tool.IsPresent))
        {
            await output.WriteLineAsync($"{tool.Commands[0]} is missing; without {tool.Purpose}. On Debian and Ubuntu: sudo apt-get install {tool.DebianPackage}");
        }
    }

    private async Task InstallAsync(List<TestTool> missing, CancellationToken cancellationToken)
    {
        var packages = missing.Select(tool => tool.DebianPackage).ToList();
        await output.WriteLineAsync($"Installing {string.Join(", ", packages)} for the tests...");
        // An out-of-date list of packages is refreshed; its failure matters only if the installation then fails too.
        var update = await AptGetAsync(["update", "-q"], cancellationToken);
        var install = await AptGetAsync(["install", "-y", "-q", "--no-install-recommends", .. packages], cancellationToken);
        if (install is not null)
        {
            await output.WriteLineAsync($"apt-get could not install {string.Join(", ", packages)}. The tests that need them are skipped. It said:");
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
