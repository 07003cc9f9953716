namespace PerfLab.Cli.Verbs.Testing;

/// <summary>A project of the folder <c>tests/</c>: a program that runs its own tests.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="Assembly">Full path of the Release build, whether or not it exists.</param>
internal sealed record TestProject(string Name, string Assembly)
{
    private const string LastOfAll = "PerfLab.EndToEnd.Tests";

    /// <summary>Finds all projects, by name; the end-to-end tests come last because they take longest.</summary>
    /// <param name="repository">Full path of the checkout.</param>
    public static IReadOnlyList<TestProject> FindAll(string repository)
    {
        var folder = new DirectoryInfo(Path.Combine(repository, "tests"));
        return !folder.Exists
            ? []
            : [.. folder.EnumerateDirectories()
                .SelectMany(inner => inner.EnumerateFiles("*.Tests.csproj"))
                .Select(Of)
                .OrderBy(project => project.Name == LastOfAll)
                .ThenBy(project => project.Name, StringComparer.Ordinal)];
    }

    private static TestProject Of(FileInfo file)
    {
        var name = Path.GetFileNameWithoutExtension(file.Name);
        return new TestProject(name, Path.Combine(file.DirectoryName!, "bin", "Release", "net10.0", name + ".dll"));
    }
}
