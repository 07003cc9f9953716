using System.Security.Cryptography;
using System.Text;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.Builds;

/// <summary>
/// The programs that a scenario builds for its arms: another version of a package, the service without its tracing code. They
/// are built anew before each run, always in the same place. A run that is resumed starts what is there, and refuses another
/// program than its own by the sum of all files that the plan holds.
/// </summary>
public sealed class ArmBuilds : IDisposable
{
    private static readonly BuildLimit s_limit = new(TimeSpan.FromMinutes(15), Key: null);

    private readonly RunLock? _held;

    private ArmBuilds(Scenario scenario, RunLock? held)
    {
        Scenario = scenario;
        _held = held;
    }

    /// <summary>Gets the scenario, whose arms start what was built.</summary>
    public Scenario Scenario { get; }

    /// <summary>Builds what the arms of a scenario start; nothing where none has a build.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="results">The folder of runs, in which the programs lie: <c>builds/SCENARIO/VARIANT</c>.</param>
    /// <param name="resumes">Whether a run goes on, so that what is there is used as it is.</param>
    /// <param name="announce">Told which arm is built, before it is.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <returns>Nobody else builds them until it is disposed of.</returns>
    /// <exception cref="InvalidDataException">An arm cannot be built, or another run uses the programs.</exception>
    public static Task<ArmBuilds> MakeAsync(Scenario scenario, string results, bool resumes, Action<string> announce, CancellationToken cancellationToken) =>
        MakeAsync(scenario, results, resumes, announce, s_limit, cancellationToken);

    /// <summary>Builds it, each arm within a time.</summary>
    internal static async Task<ArmBuilds> MakeAsync(Scenario scenario, string results, bool resumes, Action<string> announce, BuildLimit limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(announce);
        if (scenario.Variants.All(variant => variant.Program?.Build is null))
        {
            return new ArmBuilds(scenario, held: null);
        }

        var folder = Path.GetFullPath(Path.Combine(results, "builds", scenario.Name));
        PrivateFolder.Create(folder);
        var held = RunLock.TryTake(folder) ?? throw new InvalidDataException($"{folder}: another run of {scenario.Name} uses what it built there. Wait for its end, or name another folder with --results.");
        try
        {
            var variants = new List<Variant>();
            foreach (var variant in scenario.Variants)
            {
                variants.Add(variant.Program is { Build: { } build } program
                    ? variant with { Program = await BuildAsync(variant.Name, build, program) }
                    : variant);
            }

            return new ArmBuilds(scenario with { Variants = variants }, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }

        async Task<ArmProgram> BuildAsync(string arm, IReadOnlyList<string> build, ArmProgram program)
        {
            var output = Path.Combine(folder, arm);
            var folders = new BuildFolders(Path.GetFullPath(scenario.Target.BaseFolder ?? "."), output);
            if (!resumes)
            {
                Empty(output);
                announce(arm);
                try
                {
                    await BuildProcess.RunAsync(build, folders, Path.Combine(folder, arm + ".log"), limit, cancellationToken);
                }
                catch (Exception error) when (error is InvalidDataException or BuildProcessException)
                {
                    throw new InvalidDataException($"Arm {arm} was not built: {error.Message} Check build of this variant.", error);
                }
            }

            return program with
            {
                Built = await SumAsync(output, cancellationToken),
                Command = [.. program.Command!.Select(word => BuildPlaceholders.ExpandForScenario(word, folders))],
                Directory = program.Directory is { } directory ? BuildPlaceholders.ExpandForScenario(directory, folders) : null,
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();

    private static void Empty(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
    }

    private static async Task<string> SumAsync(string folder, CancellationToken cancellationToken)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            sum.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)));
            await using var content = File.OpenRead(file);
            sum.AppendData(await SHA256.HashDataAsync(content, cancellationToken));
        }

        return Convert.ToHexStringLower(sum.GetHashAndReset());
    }
}
