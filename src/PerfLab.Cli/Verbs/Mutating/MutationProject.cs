namespace PerfLab.Cli.Verbs.Mutating;

/// <summary>A test project that says, in a <c>stryker-config.json</c>, which code its tests answer for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Its folder.</param>
internal sealed record MutationProject(string Name, string Folder)
{
    /// <summary>The file that a project has when it takes part.</summary>
    public const string ConfigurationFile = "stryker-config.json";

    /// <summary>Finds those of a checkout, by name.</summary>
    public static IReadOnlyList<MutationProject> FindAll(string repository) =>
    [
        .. Directory.GetDirectories(Path.Combine(repository, "tests"))
            .Where(folder => File.Exists(Path.Combine(folder, ConfigurationFile)))
            .Select(folder => new MutationProject(Path.GetFileName(folder), folder))
            .OrderBy(project => project.Name, StringComparer.Ordinal),
    ];
}
