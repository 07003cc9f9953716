using System.Diagnostics;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.Builds;

/// <summary>Two commits of one repository, checked out and built beside each other. Everything is removed when it is disposed of.</summary>
public sealed class SideBySideBuild : IAsyncDisposable
{
    // Of the same length: a longer path in one arm would be a difference between them.
    private const string BaselineName = "base";
    private const string HeadName = "head";

    private readonly BuildScratch _scratch;

    private SideBySideBuild(BuildScratch scratch, BuiltSide baseline, BuiltSide head)
    {
        _scratch = scratch;
        Baseline = baseline;
        Head = head;
    }

    /// <summary>Gets the baseline.</summary>
    public BuiltSide Baseline { get; }

    /// <summary>Gets the head.</summary>
    public BuiltSide Head { get; }

    /// <summary>Builds both, the baseline first.</summary>
    /// <param name="policy">The repository and how it is built.</param>
    /// <param name="baseline">Full hash of the baseline.</param>
    /// <param name="head">Full hash of the head.</param>
    /// <param name="logFolder">Takes what the builds print: <c>base.build.log</c> and <c>head.build.log</c>.</param>
    /// <param name="cancellationToken">Interrupts; nothing is left.</param>
    /// <exception cref="BuildFailedException">One of them could not be checked out or built; nothing is left but the log.</exception>
    public static async Task<SideBySideBuild> MakeAsync(GatePolicy policy, string baseline, string head, string logFolder, CancellationToken cancellationToken)
    {
        var scratch = new BuildScratch(new GitRepository(policy.Repository));
        try
        {
            return new SideBySideBuild(
                scratch,
                await BuildAsync(policy.Build, scratch, BaselineName, baseline, logFolder, cancellationToken),
                await BuildAsync(policy.Build, scratch, HeadName, head, logFolder, cancellationToken));
        }
        catch
        {
            await scratch.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _scratch.DisposeAsync();

    private static async Task<BuiltSide> BuildAsync(BuildRecipe recipe, BuildScratch scratch, string name, string commit, string logFolder, CancellationToken cancellationToken)
    {
        var log = Path.Combine(logFolder, name + ".build.log");
        try
        {
            var folders = new BuildFolders(await scratch.CheckOutAsync(name, commit, cancellationToken), scratch.CreateFolder(name + ".out"));
            await BuildProcess.RunAsync(recipe.Command, folders, log, new BuildLimit(recipe.Limit, "build_limit"), cancellationToken);
            return new BuiltSide(
                new BuiltCommit(commit, OpenTelemetryIn(folders)),
                new ArmProgram(
                    [.. recipe.Program.Command!.Select(word => BuildPlaceholders.ExpandForScenario(word, folders))],
                    recipe.Program.Directory is { } directory ? BuildPlaceholders.ExpandForScenario(directory, folders) : null));
        }
        catch (Exception error) when (error is InvalidDataException or BuildProcessException)
        {
            throw new BuildFailedException($"{commit} was not built: {error.Message} Check build in the policy file.", name == BaselineName, error);
        }
    }

    // The version of the package, without the commit that it was built from.
    private static string? OpenTelemetryIn(BuildFolders folders) =>
        new[] { folders.Output, folders.Checkout }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "OpenTelemetry.dll", SearchOption.AllDirectories).Take(1))
            .Select(file => FileVersionInfo.GetVersionInfo(file).ProductVersion?.Split('+')[0])
            .FirstOrDefault();
}

/// <summary>A commit that was built.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Program">What an arm starts.</param>
public sealed record BuiltSide(BuiltCommit Commit, ArmProgram Program);

/// <summary>A commit could not be checked out or built.</summary>
/// <param name="message">Three-part message with the last that the build printed.</param>
/// <param name="isBaseline">Whether it is the baseline; else the head.</param>
/// <param name="innerException">The cause.</param>
public sealed class BuildFailedException(string message, bool isBaseline, Exception innerException) : Exception(message, innerException)
{
    /// <summary>Gets a value indicating whether it is the baseline; else the head.</summary>
    public bool IsBaseline { get; } = isBaseline;
}
