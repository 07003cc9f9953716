using System.Text.Json;

namespace PerfLab.Cli.Verbs.Mutating;

/// <summary>What became of the mutants of one project, as Stryker wrote it (the JSON of mutation-testing-elements).</summary>
/// <param name="Project">The test project.</param>
/// <param name="Mutants">All mutants, by file and line.</param>
internal sealed record MutationReport(string Project, IReadOnlyList<Mutant> Mutants)
{
    /// <summary>Gets the share of the mutants that a test noticed, of those that could be noticed; null when there are none.</summary>
    public double? Score => Found + Missed.Count == 0 ? null : (double)Found / (Found + Missed.Count);

    /// <summary>Gets how many were noticed.</summary>
    public int Found => Mutants.Count(mutant => mutant.IsFound);

    /// <summary>Gets those that were not.</summary>
    public IReadOnlyList<Mutant> Missed => [.. Mutants.Where(mutant => mutant.IsMissed)];

    /// <summary>Reads the report of a project, or returns null when there is none.</summary>
    /// <param name="project">The test project.</param>
    /// <param name="folder">Where Stryker wrote; see <see cref="MutationTool"/>.</param>
    public static MutationReport? Read(MutationProject project, string folder)
    {
        var file = Path.Combine(folder, "reports", "mutation-report.json");
        if (!File.Exists(file))
        {
            return null;
        }

        using var report = JsonDocument.Parse(File.ReadAllText(file));
        var root = report.RootElement.TryGetProperty("projectRoot", out var value) ? value.GetString() : null;
        return new MutationReport(
            project.Name,
            [
                .. report.RootElement.GetProperty("files").EnumerateObject()
                    .SelectMany(source => source.Value.GetProperty("mutants").EnumerateArray().Select(mutant => Of(Below(root, source.Name), mutant)))
                    .OrderBy(mutant => mutant.File, StringComparer.Ordinal).ThenBy(mutant => mutant.Line),
            ]);
    }

    private static string Below(string? root, string file) =>
        (root is not null && Path.IsPathRooted(file) ? Path.GetRelativePath(root, file) : file).Replace('\\', '/');

    private static Mutant Of(string file, JsonElement mutant) => new(
        file,
        mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32(),
        string.Join(' ', (mutant.TryGetProperty("replacement", out var text) ? text.GetString() ?? string.Empty : string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        mutant.GetProperty("status").GetString()!);
}
