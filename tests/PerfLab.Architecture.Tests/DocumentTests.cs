namespace PerfLab.Architecture.Tests;

/// <summary>What the pages promise exists. That the commands work is shown by the end-to-end tests.</summary>
public sealed class DocumentTests
{
    /// <summary>The page that explains every verb under a heading of its own.</summary>
    private const string VerbPage = "docs/cli.md";

    private static readonly string[] HelpOptions = ["--help", "--version"];

    [Fact]
    public void Every_command_in_the_pages_uses_a_verb_that_is_explained()
    {
        var verbs = new MarkdownPage(VerbPage).Anchors;
        Rule.IsKept(
            from page in MarkdownPage.All
            from command in page.Commands
            let verb = command.Split(' ').ElementAtOrDefault(1)
            where verb is not null && !verbs.Contains(verb) && !HelpOptions.Contains(verb)
            select $"{page.Path}: {command}",
            $"A page shows a command whose verb has no heading in {VerbPage}. Correct the command or explain the verb:");
    }

    [Fact]
    public void Every_link_and_picture_leads_somewhere() =>
        Rule.IsKept(
            from page in MarkdownPage.All
            from link in page.Links
            where !link.Contains("://", StringComparison.Ordinal) && !LeadsSomewhere(page, link)
            select $"{page.Path}: {link}",
            "A link leads nowhere. Correct it, or write what it promises:");

    [Fact]
    public void The_first_commands_of_the_readme_are_the_two_that_a_newcomer_needs() =>
        Assert.Equal(
            ["./run.sh scenario sampling", "./run.sh test"],
            new MarkdownPage("README.md").Commands.Take(2));

    private static bool LeadsSomewhere(MarkdownPage page, string link)
    {
        var parts = link.Split('#', 2);
        var folder = Path.GetDirectoryName(page.Path)!;
        var target = parts[0].Length == 0
            ? page.Path
            : Path.GetRelativePath(Checkout.Root, Path.GetFullPath(Path.Combine(Checkout.Root, folder, parts[0]))).Replace('\\', '/');
        return Path.Exists(Checkout.FullPath(target)) &&
            (parts.Length == 1 || new MarkdownPage(target).Anchors.Contains(parts[1]));
    }
}
