using System.Text.RegularExpressions;

namespace PerfLab.Architecture.Tests;

/// <summary>A page for people.</summary>
/// <param name="Path">Relative to the root, with slashes.</param>
public sealed record MarkdownPage(string Path)
{
    private static readonly Regex Link = new("\\]\\((?<target>[^)\\s]+)\\)|<img [^>]*src=\"(?<target>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex InlineCode = new("`[^`\n]*`", RegexOptions.NonBacktracking);

    private static readonly Regex NotInAnchors = new("[^\\w\\- ]", RegexOptions.NonBacktracking);

    private static readonly string[] Scripts = ["./run.sh", "./run.ps1", ".\\run.ps1"];

    public static IReadOnlyList<MarkdownPage> All { get; } =
        [.. Checkout.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal)).Select(path => new MarkdownPage(path))];

    /// <summary>Commands in fenced blocks that start PerfLab, one a line, without comments.</summary>
    public IEnumerable<string> Commands =>
        Lines(fenced: true)
            .Select(line => line.Trim().TrimStart('$', ' ').Split('#')[0].Trim())
            .Where(line => Scripts.Contains(line.Split(' ')[0]));

    /// <summary>Targets of links and pictures, outside code.</summary>
    public IEnumerable<string> Links =>
        Lines(fenced: false).SelectMany(line => Link.Matches(InlineCode.Replace(line, "")).Select(match => match.Groups["target"].Value));

    /// <summary>The anchors that GitHub makes of the headings, in any case.</summary>
    public IReadOnlySet<string> Anchors =>
        Lines(fenced: false)
            .Where(line => line.StartsWith('#'))
            .Select(line => NotInAnchors.Replace(line.TrimStart('#').Trim(), "").Replace(' ', '-'))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private IEnumerable<string> Lines(bool fenced)
    {
        var inside = false;
        foreach (var line in Checkout.Read(Path).Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                inside = !inside;
            }
            else if (inside == fenced)
            {
                yield return line;
            }
        }
    }
}
