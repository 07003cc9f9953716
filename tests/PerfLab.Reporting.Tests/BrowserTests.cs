using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Html;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

/// <summary>Opens reports in a real browser where the machine has one.</summary>
public sealed class BrowserTests
{
    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(768, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task A_page_opens_from_disk_without_script_asks_for_nothing_and_fits_the_screen(int width, ColorScheme scheme)
    {
        await OpenAsync(new SyntheticRun(), width, scheme, async page =>
        {
            Assert.Equal("What does each sampling rate cost, and what do you get for it?", await page.Locator("h1").InnerTextAsync());
            Assert.True(await page.Locator("svg.chart:visible").CountAsync() == 5);
            Assert.Equal(4, await page.Locator("table.metrics").CountAsync());
        });
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(768)]
    [InlineData(390)]
    [InlineData(360)]
    public async Task Hostile_names_neither_run_nor_break_the_page(int width)
    {
        await OpenAsync(HostileRun.Create(), width, ColorScheme.Light, async page =>
        {
            Assert.DoesNotContain("owned", (await page.TitleAsync())[..5], StringComparison.Ordinal);
            Assert.Equal(0, await page.Locator("img, iframe, object, link, [onerror], [onmouseover]").CountAsync());
            Assert.Equal(1, await page.Locator("script").CountAsync());
            Assert.Equal(1, await page.Locator("h1").CountAsync());
        });
    }

    [Fact]
    public async Task Twenty_arms_fit_the_screen()
    {
        await OpenAsync(HtmlReportTests.ManyArms(), 360, ColorScheme.Light, async page => Assert.Equal(20, await page.Locator("table.metrics >> nth=0 >> tbody tr").CountAsync()));
    }

    [Fact]
    public async Task The_table_of_the_first_screen_is_sorted_by_mouse_and_by_keyboard()
    {
        await OpenAsync(
            new SyntheticRun(),
            1440,
            ColorScheme.Light,
            async page =>
            {
                var rows = page.Locator("table.overview tbody tr");
                var last = await rows.Last.Locator("th .name").InnerTextAsync();

                await page.Locator("table.overview thead button").First.ClickAsync();
                await page.Locator("table.overview thead button").First.ClickAsync();
                Assert.Equal("always-on", await rows.First.Locator("th .name").InnerTextAsync());
                Assert.Equal("descending", await page.Locator("table.overview th[aria-sort]").GetAttributeAsync("aria-sort"));

                await page.Keyboard.PressAsync("Enter");
                Assert.Equal("off", await rows.First.Locator("th .name").InnerTextAsync());
                Assert.Equal("always-on", last);
            },
            withScript: true);
    }

    // Who opens it sees the whole answer before scrolling: a laptop shows the table with every arm, a telephone what to run and whether to trust it.
    [Theory]
    [InlineData(1440, 900, ColorScheme.Light, "h1, .headline, .changes, .trust, .legend, .overview")]
    [InlineData(1440, 900, ColorScheme.Dark, "h1, .headline, .changes, .trust, .legend, .overview")]
    [InlineData(390, 844, ColorScheme.Light, "h1, .headline, .changes, .trust")]
    public async Task The_first_screen_holds_the_answer(int width, int height, ColorScheme scheme, string parts)
    {
        var decision = new DecisionDefinition(["cpu<15%"], ["traces_kept>=5%"], null)
        {
            Traffic = new TrafficDefinition(300, 4, 30),
            Pricing = [new PricingPlan("By volume", new DateOnly(2026, 11, 29), "https://example.com/pricing", "USD", null, [new Price(PriceUnit.Gigabyte, 1, 0, null)])],
        };
        string[] pages = [ReferenceReports.Html(ReferenceReports.Sampling, plan => plan with { Decision = decision }), ReportTexts.Html(new SyntheticRun())];
        foreach (var html in pages)
        {
            await using var report = await ReportBrowser.OpenAsync(html, width, scheme, withScript: true, height);

            foreach (var part in await report.Page.Locator(string.Join(", ", parts.Split(", ").Select(part => $".opening {part}"))).AllAsync())
            {
                var box = (await part.BoundingBoxAsync())!;
                Assert.True(box is { Width: > 0, Height: > 0 } && box.Y + box.Height <= height, $"{await part.EvaluateAsync<string>("element => element.className || element.tagName")} ends at {box.Y + box.Height} of {height}.");
            }
        }
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(768)]
    [InlineData(390)]
    public async Task Where_no_arm_qualifies_the_box_that_says_so_is_as_wide_as_its_place_and_the_page_fits(int width)
    {
        var html = ReferenceReports.Html(ReferenceReports.Sampling, plan => plan with { Decision = new DecisionDefinition(["cpu<7%"], ["traces_kept>=60%"], null) });
        await using var report = await ReportBrowser.OpenAsync(html, width, ColorScheme.Light, withScript: true);

        var (box, other) = ((await report.Page.Locator(".state.missed").BoundingBoxAsync())!, (await report.Page.Locator(".state.trust").BoundingBoxAsync())!);

        Assert.Equal(other.Width, box.Width, 1.0);
        Assert.Equal(3, await report.Page.Locator(".changes li").CountAsync());
        Assert.Equal(width, await report.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    public static TheoryData<string, ColorScheme> Pages { get; } = new(
        from page in new[] { "report", "first screen", "calibration", "index", "trends", "comparison" }
        from scheme in new[] { ColorScheme.Light, ColorScheme.Dark }
        select (page, scheme));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_has_a_serious_fault_of_accessibility(string page, ColorScheme scheme)
    {
        await using var report = await ReportBrowser.OpenAsync(Html(page), 1440, scheme, withScript: true);

        var violations = (await report.Page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical");

        Assert.Equal([], violations.Select(violation => $"{violation.Id}: {violation.Help} {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        Assert.Empty(report.Complaints);
    }

    private static string Html(string page)
    {
        using var folder = new TemporaryFolder();
        var site = Path.Combine(folder.Path, "site");
        var run = new SyntheticRun();
        var analysis = run.Analysis();
        switch (page)
        {
            case "report":
                return ReferenceReports.Html(ReferenceReports.Tail);
            case "first screen":
                return ReportTexts.Html(run);
            case "calibration":
                return ReportTexts.Html(new SyntheticRun { Thresholds = SyntheticThresholds.OneOfEach, MeasuredNoise = SyntheticNoise.Profile });
            case "comparison":
                return RunComparisonPage.Write(RunComparer.Compare(analysis, analysis), []);
            default:
                _ = PublishedSite.Write(site, [new PublishedRun("one", analysis, run.Outcome()), new PublishedRun("two", analysis, run.Outcome())]);
                return File.ReadAllText(Path.Combine(site, page == "index" ? "index.html" : "trends-1.html"));
        }
    }

    private static async Task OpenAsync(SyntheticRun run, int width, ColorScheme scheme, Func<IPage, Task> check, bool withScript = false)
    {
        await using var report = await ReportBrowser.OpenAsync(ReportTexts.Html(run), width, scheme, withScript);
        await check(report.Page);

        // The page's own scripts are off; the browser's tools may still ask it for its width.
        Assert.Equal(width, await report.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.All(report.Requests, request => Assert.True(request == report.Url || request.StartsWith("data:font/woff2", StringComparison.Ordinal), request));
        Assert.Empty(report.Complaints);
    }
}
