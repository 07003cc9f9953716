using PerfLab.Architecture.Tests.Checkouts;
using PerfLab.Architecture.Tests.Projects;

namespace PerfLab.Architecture.Tests.Sources;

/// <summary>One idea to a file, found where its name says.</summary>
public sealed class SourceFileTests
{
    private const int MostLines = 300;

    [Fact]
    public void A_file_has_one_public_type_or_a_closed_set_of_records_with_its_base() =>
        Rule.IsKept(
            from file in SourceFile.All
            let types = file.Types.Where(type => type.IsPublic).DistinctBy(type => type.Name).ToList()
            where types.Count > 1 && !types.Exists(root => types.TrueForAll(type => type == root || type.DerivesFrom(root)))
            select $"{file.Path}: {string.Join(", ", types.Select(type => type.Name))}",
            "A file has several public types. Give each a file of its own:");

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
            let project = ProjectFile.All.FirstOrDefault(project => file.Path.StartsWith(project.Folder + "/", StringComparison.Ordinal))
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
