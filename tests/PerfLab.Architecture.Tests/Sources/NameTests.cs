using System.Text.RegularExpressions;

namespace PerfLab.Architecture.Tests.Sources;

/// <summary>Names say what a thing is, not that it is useful.</summary>
public sealed class NameTests
{
    private static readonly string[] EmptyFolderNames = ["Utils", "Util", "Utilities", "Helpers", "Common", "Shared", "Misc", "Core", "Models"];

    private static readonly Regex EmptyTypeName = new("(Manager|Helper|Helpers|Util|Utils|Data|Info)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    [Fact]
    public void No_folder_is_named_after_its_being_useful() =>
        Rule.IsKept(
            SourceFile.All.Select(file => file.Path).Where(path => Path.GetDirectoryName(path)!.Split('/', '\\', '.').Any(part => EmptyFolderNames.Contains(part, StringComparer.OrdinalIgnoreCase))),
            "A folder's name says nothing about what is in it. Name the subject, or put the files where they are used:");

    [Fact]
    public void No_type_is_named_after_its_being_useful() =>
        Rule.IsKept(
            from file in SourceFile.All
            from type in file.Types
            where EmptyTypeName.IsMatch(type.Name)
            select $"{file.Path}: {type.Name}",
            "A type's name ends in a word that says nothing. Name what it is:");
}
