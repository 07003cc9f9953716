using PerfLab.Architecture.Tests.Projects;

namespace PerfLab.Architecture.Tests.Sources;

/// <summary>A file is a concept, found where its name says; a folder is a feature.</summary>
public sealed class SourceFileTests
{
    private const int MostLines = 300;
    private const int FewestFiles = 4;

    [Fact]
    public void A_folder_of_sources_has_at_least_four_files() =>
        Rule.IsKept(
            from folder in SourceFile.All.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal)).GroupBy(file => Path.GetDirectoryName(file.Path)!.Replace('\\', '/'))
            where folder.Count() < FewestFiles
            select $"{folder.Key}: {folder.Count()} files",
            $"A folder has fewer than {FewestFiles} files. Move them to the folder of the feature they belong to:");

    [Fact]
    public void A_file_is_named_like_its_type() =>
        Rule.IsKept(
            from file in SourceFile.All
            where file.Types.Count > 0 && file.Types.All(type => type.Name != FirstPart(file.Name))
            select $"{file.Path} declares {string.Join(", ", file.Types.Select(type => type.Name))}",
            "A file does not have the name of a type in it. Rename one of the two:");

    [Fact]
    public void A_namespace_is_its_folder() =>
        Rule.IsKept(
            from file in SourceFile.All
            where file.Namespace is not null
            let project = ProjectFile.All.Concat(ProjectFile.Integrations).FirstOrDefault(project => file.Path.StartsWith(project.Folder + "/", StringComparison.Ordinal))
            where project is not null
            let expected = project.Name + Path.GetDirectoryName(file.Path[project.Folder.Length..])!.Replace('\\', '/').TrimEnd('/').Replace('/', '.')
            where file.Namespace != expected
            select $"{file.Path} is in {file.Namespace}, not in {expected}",
            "A namespace differs from the folder. Change one of the two:");

    [Fact]
    public void A_file_has_at_most_300_lines() =>
        Rule.IsKept(
            from file in SourceFile.All
            where file.LineCount > MostLines
            select $"{file.Path}: {file.LineCount} lines",
            $"A file above {MostLines} lines has two jobs. Separate them:");

    /// <summary>The part of a name like <c>Order.Serialization</c> that is the type.</summary>
    private static string FirstPart(string name) => name.Split('.')[0];
}
