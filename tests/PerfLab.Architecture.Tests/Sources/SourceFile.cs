using System.Text.RegularExpressions;

namespace PerfLab.Architecture.Tests.Sources;

/// <summary>A C# file under <c>src/</c> or <c>tests/</c>.</summary>
public sealed record SourceFile
{
    private static readonly Regex Declaration = new(
        "^(?<access>public |internal |file )?((sealed|static|abstract|partial|readonly|ref|unsafe) )*(record struct|record|class|struct|interface|enum|delegate \\S+) (?<name>\\w+)(?<rest>.*)$",
        RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.ExplicitCapture);

    private static readonly Regex NamespaceLine = new(
        "^namespace (?<name>[\\w.]+);", RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.ExplicitCapture);

    private SourceFile(string path)
    {
        Path = path;
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
        var text = Checkout.Read(path).ReplaceLineEndings("\n");
        LineCount = text.Count(character => character == '\n');
        Namespace = NamespaceLine.Match(text) is { Success: true } match ? match.Groups["name"].Value : null;
        Types = [.. Declaration.Matches(text).Select(found => new DeclaredType(
            found.Groups["name"].Value, found.Groups["access"].Value == "public ", found.Groups["rest"].Value))];
    }

    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Checkout.Files
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && (path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("tests/", StringComparison.Ordinal)))
            .Select(path => new SourceFile(path)),
    ];

    /// <summary>Relative to the root, with slashes.</summary>
    public string Path { get; }

    /// <summary>File name without its ending.</summary>
    public string Name { get; }

    public int LineCount { get; }

    /// <summary>Null for top-level statements.</summary>
    public string? Namespace { get; }

    /// <summary>The types that stand at the top of the file, not those inside others.</summary>
    public IReadOnlyList<DeclaredType> Types { get; }
}
