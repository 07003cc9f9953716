using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary>The help, and the page that explains the same verbs at length.</summary>
public sealed class HelpTests
{
    [Fact]
    public async Task Every_verb_has_a_heading_in_the_page_about_commands_and_every_heading_is_a_verb()
    {
        var headings = File.ReadLines(Path.Combine(Checkout.Root, "docs", "cli.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..])
            .Where(heading => heading is not ("test" or "Exit codes")); // run.sh itself knows the verb test.

        Assert.Equal((await Cli.VerbsAsync()).Order(StringComparer.Ordinal), headings.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_verb_answers_to_help()
    {
        foreach (var verb in await Cli.VerbsAsync())
        {
            var help = await Cli.RunAsync(verb, "--help");

            Assert.True(help.ExitCode == 0 && help.Output.Contains("Usage:", StringComparison.Ordinal), $"{verb} --help: {help}");
        }
    }

    [Fact]
    public async Task No_verb_prints_the_help_and_an_unknown_one_is_wrong_usage()
    {
        var none = await Cli.RunAsync();
        var unknown = await Cli.RunAsync("juggle");

        Assert.Equal(0, none.ExitCode);
        Assert.Contains("Commands:", none.Output, StringComparison.Ordinal);
        Assert.Equal(104, unknown.ExitCode);
        Assert.Contains("juggle", unknown.Error, StringComparison.Ordinal);
    }
}
