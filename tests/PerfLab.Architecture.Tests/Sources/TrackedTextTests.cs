using System.Text.RegularExpressions;

namespace PerfLab.Architecture.Tests.Sources;

/// <summary>What is tracked works on any machine.</summary>
public sealed class TrackedTextTests
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly string[] Binary = [".png", ".ttf", ".ico", ".woff2", ".hlog", ".gz", ".sln"];

    private static readonly string[] FeedSettings = ["nuget.config", ".npmrc", ".yarnrc", "pip.conf"];

    /// <summary>Folders in which people and build machines keep their work, each followed by a name.</summary>
    private static readonly Regex MachinePath = new("(^|[\\s\"'`(=:])(/(home|Users|root|work|workspace|builds)/(?<name>[\\w.-]+)|[A-Za-z]:\\\\+Users\\\\(?<name>[\\w.-]+))", Options);

    /// <summary>The user of examples.</summary>
    private const string Nobody = "me";

    /// <summary>Addresses of package feeds by their usual paths and products.</summary>
    private static readonly Regex Feed = new("https?://[^\\s\"'<>)]*(/v3/index[.]json|/nuget/|registry[.]|/artifactory/|/nexus/|[.]jfrog[.]|/simple/)", Options | RegexOptions.IgnoreCase);

    [Fact]
    public void No_tracked_file_names_a_path_of_somebodys_machine() =>
        Rule.IsKept(LinesThat(line => MachinePath.Matches(line).Any(path => path.Groups["name"].Value != Nobody)), "A file names a folder that exists on one machine only. Make it relative:");

    [Fact]
    public void No_tracked_file_names_a_package_feed() =>
        Rule.IsKept(
            LinesThat(Feed.IsMatch).Concat(Checkout.Files.Where(path => FeedSettings.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase))),
            "A file names a package feed. Which feed serves packages is a matter of the machine, not of this repository:");

    [Fact]
    public void Every_tracked_text_has_Unix_line_ends_and_no_byte_order_mark() =>
        Rule.IsKept(
            from path in Texts
            let text = File.ReadAllBytes(Checkout.FullPath(path))
            where text.Contains((byte)'\r') || text.AsSpan().StartsWith("\uFEFF"u8)
            select path,
            "A file has carriage returns or a byte order mark. Save it as plain UTF-8 with LF:");

    private static IEnumerable<string> Texts => Checkout.Files.Where(path => !Binary.Contains(Path.GetExtension(path)));

    private static IEnumerable<string> LinesThat(Predicate<string> match) =>
        from path in Texts
        let lines = Checkout.Read(path).Split('\n')
        from number in Enumerable.Range(0, lines.Length)
        where match(lines[number])
        select $"{path}({number + 1}): {lines[number].Trim()}";
}
