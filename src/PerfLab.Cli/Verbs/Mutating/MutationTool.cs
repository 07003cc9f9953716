using System.Diagnostics;
using PerfLab.Cli.Options;

namespace PerfLab.Cli.Verbs.Mutating;

/// <summary>Stryker.NET, by the version in <c>.config/dotnet-tools.json</c>.</summary>
internal static class MutationTool
{
    private static readonly TimeSpan s_restoreLimit = TimeSpan.FromMinutes(5);

    /// <summary>Gets the tool from the package feed, unless it is there.</summary>
    /// <exception cref="UsageException">It could not be had.</exception>
    public static async Task RestoreAsync(string repository, CancellationToken cancellationToken)
    {
        if (await RunAsync(repository, ["tool", "restore"], s_restoreLimit, cancellationToken) != 0)
        {
            throw new UsageException($"dotnet tool restore failed in {repository}. See what it printed above; it needs the package feed once.");
        }
    }

    /// <summary>Mutates the code that a project answers for, and runs its tests against every mutant.</summary>
    /// <param name="project">The project.</param>
    /// <param name="output">Takes the report.</param>
    /// <param name="limit">Longest time.</param>
    /// <param name="cancellationToken">Ends it with everything that it started.</param>
    /// <returns>Stryker's exit code.</returns>
    public static Task<int> MutateAsync(MutationProject project, string output, TimeSpan limit, CancellationToken cancellationToken) => RunAsync(
        project.Folder,
        ["stryker", "--config-file", MutationProject.ConfigurationFile, "--output", output, "--skip-version-check"],
        limit,
        cancellationToken);

    private static async Task<int> RunAsync(string folder, IReadOnlyList<string> arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath ?? "dotnet";
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        using var process = Process.Start(new ProcessStartInfo(host, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,

            // No build node stays behind; and simulations, seconds each, are not repeated for every mutant.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0", ["PERFLAB_WITHOUT_SIMULATIONS"] = "1" },
        })!;
        try
        {
            await process.WaitForExitAsync(time.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new UsageException($"dotnet {string.Join(' ', arguments)} did not end within {limit.TotalMinutes:0} minutes and was stopped. Raise --limit-minutes, or look for a test that hangs.");
        }
    }
}
