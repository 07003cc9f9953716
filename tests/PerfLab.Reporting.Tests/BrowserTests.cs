using Microsoft.Playwright;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

/// <summary>Opens reports in a real browser where the machine has one.</summary>
public sealed class BrowserTests
{
    [Theory]
    [InlineData(1400, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Dark)]
    [InlineData(820, ColorScheme.Light)]
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
    [InlineData(1400)]
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
            1400,
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
