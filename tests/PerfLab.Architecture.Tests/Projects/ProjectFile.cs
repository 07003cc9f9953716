using System.Xml.Linq;

namespace PerfLab.Architecture.Tests.Projects;

/// <summary>What a csproj file says.</summary>
public sealed record ProjectFile
{
    private ProjectFile(string path)
    {
        Path = path;
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
        var document = XDocument.Parse(Checkout.Read(path));
        References = [.. document.Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => NameOf((string)reference.Attribute("Include")!))];
        Packages = [.. document.Descendants("PackageReference").Select(reference => (string)reference.Attribute("Include")!)];
    }

    /// <summary>Gets those of the solution, or that should be in it.</summary>
    public static IReadOnlyList<ProjectFile> All { get; } = [.. Find(areIntegrations: false)];

    /// <summary>Gets the programs for tools of others, whose packages cannot be restored everywhere.</summary>
    public static IReadOnlyList<ProjectFile> Integrations { get; } = [.. Find(areIntegrations: true)];

    public static IEnumerable<ProjectFile> Sources => All.Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal));

    public static IEnumerable<ProjectFile> Tests => All.Where(project => project.Path.StartsWith("tests/", StringComparison.Ordinal));

    public string Path { get; }

    public string Name { get; }

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    /// <summary>Names of the projects whose types this one sees; those that are only built before it are left out.</summary>
    public IReadOnlyList<string> References { get; }

    public IReadOnlyList<string> Packages { get; }

    private static IEnumerable<ProjectFile> Find(bool areIntegrations) => Checkout.Files
        .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && path.StartsWith("src/Integrations/", StringComparison.Ordinal) == areIntegrations)
        .Select(path => new ProjectFile(path));

    private static string NameOf(string include) => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/'));
}
