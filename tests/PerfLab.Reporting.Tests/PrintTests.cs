using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

/// <summary>What a report looks like on paper: laid out by a real browser with the rules for print.</summary>
public sealed partial class PrintTests
{
    // No pattern here needs more than a blink; a slow one is a fault of the test.
    private const int LimitMilliseconds = 10_000;

    // CSS pixels between margins of 15 mm, 96 to the inch: A4 is 210 mm wide, Letter 215.9 mm.
    private const int A4 = 680;
    private const int Letter = 702;

    /// <summary>
    /// Finds what leaves the page, what a box cuts off or lets be scrolled, and text that leaves the cell or the drawing in which
    /// it stands. Half a pixel is rounding.
    /// </summary>
    private const string Faults = """
        width => {
          const faults = [];
          const name = element => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${element.textContent.trim().slice(0, 50)}"`;
          const shown = element => element.checkVisibility() && element.getClientRects().length > 0;
          for (const element of document.body.querySelectorAll('*')) {
            if (!shown(element)) continue;
            const box = element.getBoundingClientRect();
            if (box.left < -0.5 || box.right > width + 0.5) faults.push(`leaves the page at ${box.left} to ${box.right}: ${name(element)}`);
            const style = getComputedStyle(element);
            if (element instanceof HTMLElement && style.overflowX !== 'visible' && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) faults.push(`is cut: ${name(element)}`);
          }
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let text = walker.nextNode(); text; text = walker.nextNode()) {
            const parent = text.parentElement;
            if (!text.data.trim() || parent.closest('script, style, title') || !shown(parent)) continue;
            const frame = parent.closest('td, th, svg, main, footer');
            const range = document.createRange();
            range.selectNodeContents(text);
            const [box, room] = [range.getBoundingClientRect(), frame.getBoundingClientRect()];
            if (box.left < room.left - 1 || box.right > room.right + 1) faults.push(`text at ${box.left} to ${box.right} leaves its ${frame.tagName} at ${room.left} to ${room.right}: ${name(parent)}`);
          }
          return faults;
        }
        """;

    /// <summary>The names of the landmarks of a page by their roles, as WAI-ARIA computes them here.</summary>
    private const string Landmarks = """
        () => {
          const named = element => element.getAttribute('aria-label') ?? (element.getAttribute('aria-labelledby') ?? '').split(' ').filter(id => id).map(id => document.getElementById(id)?.textContent.trim()).join(' ');
          const role = element => element.getAttribute('role') ?? { MAIN: 'main', NAV: 'navigation', ASIDE: 'complementary', SECTION: named(element) ? 'region' : null, FORM: named(element) ? 'form' : null, HEADER: 'banner', FOOTER: 'contentinfo' }[element.tagName];
          const isLandmark = element => ['main', 'navigation', 'complementary', 'region', 'form', 'search', 'banner', 'contentinfo'].includes(role(element)) && !(['HEADER', 'FOOTER'].includes(element.tagName) && element.parentElement.closest('main, section, article'));
          return [...document.body.querySelectorAll('*')].filter(isLandmark).map(element => `${role(element)}: ${named(element)}`);
        }
        """;

    [Theory]
    [InlineData(ReferenceReports.Sampling, A4, ColorScheme.Light)]
    [InlineData(ReferenceReports.Sampling, A4, ColorScheme.Dark)]
    [InlineData(ReferenceReports.Sampling, Letter, ColorScheme.Light)]
    [InlineData(ReferenceReports.Tail, A4, ColorScheme.Light)]
    [InlineData(ReferenceReports.Tail, Letter, ColorScheme.Dark)]
    [InlineData(ReferenceReports.Smoke, A4, ColorScheme.Light)]
    public async Task On_paper_nothing_of_a_real_run_is_cut(string run, int width, ColorScheme scheme)
    {
        await using var report = await PrintAsync(ReferenceReports.Html(run), width, scheme);

        Assert.Empty(await report.Page.EvaluateAsync<string[]>(Faults, width));
    }

    [Theory]
    [InlineData(A4)]
    [InlineData(Letter)]
    public async Task On_paper_neither_hostile_names_nor_twenty_arms_are_cut(int width)
    {
        foreach (var run in new[] { HostileRun.Create(), HtmlReportTests.ManyArms() })
        {
            await using var report = await PrintAsync(ReportTexts.Html(run), width, ColorScheme.Light);

            Assert.Empty(await report.Page.EvaluateAsync<string[]>(Faults, width));
        }
    }

    [Fact]
    public async Task On_paper_folded_text_is_open_and_what_is_left_out_is_said()
    {
        await using var report = await PrintAsync(ReferenceReports.Html(ReferenceReports.Sampling), A4, ColorScheme.Light);

        Assert.True(await report.Page.GetByText("The control against the baseline").IsVisibleAsync());
        Assert.Equal(0, await report.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('.thresholds details > div, .trust details > ul')].filter(element => element.getBoundingClientRect().height === 0).length"));
        Assert.True(await report.Page.GetByText("left out here").IsVisibleAsync());
        Assert.Equal(0, await report.Page.Locator(".every-number table:visible").CountAsync());
    }

    [Fact]
    public async Task On_paper_the_colors_are_those_of_the_light_scheme()
    {
        await using var report = await PrintAsync(ReferenceReports.Html(ReferenceReports.Sampling), A4, ColorScheme.Dark);

        Assert.Equal("rgb(255, 255, 255) light", await report.Page.EvaluateAsync<string>("() => `${getComputedStyle(document.body).backgroundColor} ${getComputedStyle(document.documentElement).colorScheme}`"));
    }

    [Theory]
    [InlineData("A4", 595, 842)]
    [InlineData("Letter", 612, 792)]
    public async Task A_printed_report_is_not_scaled_down_to_fit_the_page(string format, int widthPoints, int heightPoints)
    {
        await using var report = await ReportBrowser.OpenAsync(ReferenceReports.Html(ReferenceReports.Sampling), 1280, ColorScheme.Light);

        var pdf = await report.Page.PdfAsync(new PagePdfOptions
        {
            Format = format,
            Margin = new Margin { Top = "16mm", Bottom = "16mm", Left = "15mm", Right = "15mm" },
        });

        var text = Encoding.Latin1.GetString(pdf);
        Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
        var boxes = MediaBox().Matches(text);
        Assert.InRange(boxes.Count, 3, 30);
        // The browser rounds the sides of A4 up to whole CSS pixels.
        Assert.All(boxes, box => Assert.InRange(Points(box, "width"), widthPoints, widthPoints + 1));
        Assert.All(boxes, box => Assert.InRange(Points(box, "height"), heightPoints, heightPoints + 1));
    }

    [Theory]
    [InlineData(ReferenceReports.Smoke)]
    [InlineData(ReferenceReports.Sampling)]
    [InlineData(ReferenceReports.Tail)]
    public async Task Every_landmark_has_a_name_of_its_own(string run)
    {
        await using var report = await ReportBrowser.OpenAsync(ReferenceReports.Html(run), 1280, ColorScheme.Light);

        var landmarks = await report.Page.EvaluateAsync<string[]>(Landmarks);

        Assert.Contains("region: The numbers", landmarks);
        Assert.Equal(landmarks.Distinct(StringComparer.Ordinal), landmarks);
    }

    private static async Task<ReportBrowser> PrintAsync(string html, int width, ColorScheme scheme)
    {
        var report = await ReportBrowser.OpenAsync(html, width, scheme);
        await report.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print, ColorScheme = scheme });
        return report;
    }

    private static int Points(Match box, string side) => (int)Math.Round(double.Parse(box.Groups[side].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"/MediaBox \[0 0 (?<width>[0-9.]+) (?<height>[0-9.]+)\]", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex MediaBox();
}
