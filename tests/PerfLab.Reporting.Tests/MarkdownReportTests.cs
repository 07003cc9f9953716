using System.Text.RegularExpressions;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed partial class MarkdownReportTests
{
    // No pattern here needs more than a blink; a slow one is a fault of the test.
    private const int LimitMilliseconds = 10_000;

    [Fact]
    public void Every_row_of_a_table_has_as_many_cells_as_its_head()
    {
        foreach (var run in new[] { new SyntheticRun(), HostileRun.Create(), new SyntheticRun { LaunchSets = 3 }, new SyntheticRun { MeasuredNoise = SyntheticNoise.Profile } })
        {
            var width = 0;
            foreach (var line in ReportTexts.Markdown(run).Split('\n'))
            {
                var cells = line.StartsWith('|') ? Pipe().Count(line) : 0;
                Assert.True(width == 0 || cells == 0 || cells == width, line);
                width = cells;
            }
        }
    }

    [Fact]
    public void Every_chart_that_is_linked_is_a_file()
    {
        using var report = new ReportFiles(new SyntheticRun());
        var links = Link().Matches(report.Markdown).Select(match => match.Groups["link"].Value).ToArray();

        Assert.Equal(10, links.Length);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(report.Folder.Path, link)), link));
    }

    [Fact]
    public void Hostile_text_makes_no_link_no_mention_and_no_element()
    {
        var markdown = ReportTexts.Markdown(HostileRun.Create());

        Assert.DoesNotContain("<script", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("](https:", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("@everyone", markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a|b", @"a\|b")]
    [InlineData("*x* _y_", @"\*x\* \_y\_")]
    [InlineData("<b>&", "&lt;b&gt;&amp;")]
    [InlineData("line\nbreak", "line break")]
    [InlineData("off'", "off'")]
    [InlineData(@"C:\x", @"C&#58;\\x")]
    [InlineData("so: it is", "so: it is")]
    [InlineData("www.evil.example", "www&#46;evil.example")]
    public void Text_is_escaped(string text, string expected) => Assert.Equal(expected, MarkdownText.Escape(text));

    [Fact]
    public void It_says_the_same_as_the_page_in_the_same_order()
    {
        var run = new SyntheticRun { Thresholds = SyntheticThresholds.OneOfEach, MeasuredNoise = SyntheticNoise.Profile, Calibration = SyntheticCalibration.Two };
        var (html, markdown) = (Headings(PageHeading(), ReportTexts.Html(run)), Headings(TextHeading(), ReportTexts.Markdown(run)));

        // The page has the states of recommendation and measurement as headings and every number folded away; the text has a heading for the last line.
        Assert.Equal(
            html.Where(heading => !heading.Contains("Measurement: ", StringComparison.Ordinal) && !heading.Contains("Recommendation: ", StringComparison.Ordinal) && heading != "Every number"),
            markdown.Where(heading => heading != "Write this again"));
    }

    [Fact]
    public void A_threshold_is_its_outcome_its_condition_and_a_line_for_each_arm() =>
        Assert.Contains(
            "- **✕ Violated:** <code>overhead(cpu)&lt;10%</code>\n  - overhead(cpu)&lt;10% is violated by always-on: CPU per request +24.8 % (23.8 to 25.8).\n  - overhead(cpu)&lt;10% holds for ratio-1",
            ReportTexts.Markdown(new SyntheticRun { Thresholds = SyntheticThresholds.OneOfEach }),
            StringComparison.Ordinal);

    [Fact]
    public void A_page_beyond_the_limit_of_its_host_is_cut_between_paragraphs_and_says_so()
    {
        var page = string.Concat(Enumerable.Range(0, 1_000).Select(number => $"Paragraph {number} with an ä.\n\n"));

        var cut = MarkdownText.Cut(page, 4_096, "The file has everything.");

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(cut), 3_500, 4_096);
        Assert.Matches(@"Paragraph [0-9]+ with an ä\.\n\n\*Cut here, because a page of this kind is limited to 4,096 bytes\. The file has everything\.\*\n$", cut);
        Assert.Equal("short", MarkdownText.Cut("short", 4_096, string.Empty));
    }

    private static IEnumerable<string> Headings(Regex pattern, string text) => pattern.Matches(text).Select(match => match.Groups["words"].Value);

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex Pipe();

    [GeneratedRegex(@"\]\((?<link>charts/[^)]+)\)", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex Link();

    [GeneratedRegex("<h2[^>]*>(?<words>.*?)</h2>", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex PageHeading();

    [GeneratedRegex("(?m)^## (?<words>.*)$", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex TextHeading();
}
