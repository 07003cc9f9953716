using System.Text.RegularExpressions;
using System.Xml.Linq;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed partial class PublishedSiteTests
{
    // No pattern here needs more than a blink; a slow one is a fault of the test.
    private const int LimitMilliseconds = 10_000;

    private const int MostReportBytes = 1_000_000;
    private const int MostOtherBytes = 600_000;

    private static readonly XNamespace s_atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public void The_index_has_question_answer_date_and_machine_of_every_run_the_newest_first()
    {
        using var folder = new TemporaryFolder();

        var index = File.ReadAllText(PublishedSite.Write(Path.Combine(folder.Path, "site"), [Run("first", 1), Run("second", 2)]));

        Assert.Contains("What does each sampling rate cost", index, StringComparison.Ordinal);
        Assert.Contains("Common KVM processor", index, StringComparison.Ordinal);
        Assert.True(index.IndexOf("2026-11-02", StringComparison.Ordinal) < index.IndexOf("2026-11-01", StringComparison.Ordinal));
        Assert.Matches("href=\"second/report.html\"><bdi[^>]*>[^<]*CPU", index);
    }

    [Fact]
    public void Every_link_is_relative_and_leads_to_a_file_and_every_page_is_small_enough()
    {
        using var folder = new TemporaryFolder();
        var site = Path.Combine(folder.Path, "site");
        _ = PublishedSite.Write(site, [Run("first", 1), Run("50% #1", 2), Run("third", 3, scenario: "tail")]);

        var pages = Directory.GetFiles(site, "*.*", SearchOption.AllDirectories);
        Assert.Equal(["50% #1/report.html", "atom.xml", "first/report.html", "index.html", "third/report.html", "trends-2.html"], pages.Select(page => Path.GetRelativePath(site, page).Replace('\\', '/')).Order(StringComparer.Ordinal));
        foreach (var page in pages)
        {
            Assert.InRange(new FileInfo(page).Length, 1, page.EndsWith("report.html", StringComparison.Ordinal) ? MostReportBytes : MostOtherBytes);
            foreach (var link in Links().Matches(File.ReadAllText(page)).Select(match => match.Groups["link"].Value).Where(link => !link.StartsWith('#')))
            {
                Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(link))), $"{page}: {link}");
            }
        }
    }

    [Fact]
    public void The_feed_has_an_entry_for_each_run()
    {
        using var folder = new TemporaryFolder();
        var site = Path.Combine(folder.Path, "site");
        _ = PublishedSite.Write(site, [Run("first", 1), Run("second", 2)]);

        var feed = XDocument.Load(Path.Combine(site, "atom.xml")).Root!;

        Assert.Equal(["urn:perflab:run:second", "urn:perflab:run:first"], feed.Elements(s_atom + "entry").Select(entry => entry.Element(s_atom + "id")!.Value));
        Assert.Equal("2026-11-02T00:00:00Z", feed.Element(s_atom + "updated")!.Value);
        Assert.All(feed.Elements(s_atom + "entry"), entry => Assert.StartsWith("sampling: ", entry.Element(s_atom + "title")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_of_the_machine_is_a_vertical_line_and_a_word_in_the_table()
    {
        var runs = new[] { Run("first", 1), Run("second", 2), Run("third", 3, kernel: "6.12") }.Select(run => run.Analysis).ToArray();
        var chart = ChartOf(runs);

        Assert.Equal(["kernel 6.1.0-28-amd64 and 6.12", "–", "–"], chart.Table.Rows.Select(row => row[^1]));
        Assert.Equal(1, Count(ChartImage.SvgFile(chart)) - Count(ChartImage.SvgFile(ChartOf([runs[0], runs[1], runs[1]]))));

        static TrendChart ChartOf(Analysis.Runs.RunAnalysis[] runs) => new(SitePages.TrendOf(Experiments.MetricCatalog.Get(Experiments.MetricId.Cpu), runs));
        static int Count(string svg) => Regex.Count(svg, ChartPalette.Unsure.Light, RegexOptions.IgnoreCase);
    }

    [Fact]
    public void What_decides_nothing_and_arms_with_a_fault_are_no_points_of_a_trend()
    {
        var run = Run("first", 1).Analysis;
        var untrusted = run with { Trust = run.Trust with { Level = Analysis.Trust.TrustLevel.Untrusted } };
        var name = run.Arms.First(arm => arm.Role == Experiments.Plans.ArmRole.Variant).Name;
        var faulty = run with
        {
            Arms = [.. run.Arms.Select(arm => arm.Name == name ? arm with { Health = arm.Health with { Faults = [new Analysis.ArmFault(Analysis.ArmFaultKind.SpansLost, 50, 100, 6)] } } : arm)],
        };

        var points = SitePages.TrendOf(Experiments.MetricCatalog.Get(Experiments.MetricId.Cpu), [run, untrusted, faulty]).Points;

        Assert.Contains(name, points[0].Ratios.Keys);
        Assert.Empty(points[1].Ratios);
        Assert.DoesNotContain(name, points[2].Ratios.Keys);
        Assert.Equal(points[0].Ratios.Count - 1, points[2].Ratios.Count);
    }

    [Fact]
    public void Hostile_names_stay_text_and_an_earlier_site_is_replaced()
    {
        using var folder = new TemporaryFolder();
        var site = Path.Combine(folder.Path, "site");
        _ = PublishedSite.Write(site, [Run("first", 1)]);
        var hostile = HostileRun.Create();
        _ = PublishedSite.Write(site, [new PublishedRun("second", hostile.Analysis() with { Plan = hostile.Plan() with { Scenario = "<script>alert(1)</script>" } }, null), Run("third", 2)]);

        Assert.False(Directory.Exists(Path.Combine(site, "first")));
        Assert.All(Directory.GetFiles(site), page => Assert.DoesNotContain("<script>alert", File.ReadAllText(page), StringComparison.Ordinal));
        Assert.NotNull(XDocument.Load(Path.Combine(site, "atom.xml")).Root);
    }

    private static PublishedRun Run(string name, int day, string scenario = "sampling", string? kernel = null)
    {
        var run = new SyntheticRun();
        var analysis = run.Analysis();
        var manifest = analysis.Manifest with { RunId = name, StartedUtc = new DateTimeOffset(2026, 11, day, 0, 0, 0, TimeSpan.Zero) };
        return new PublishedRun(name, analysis with
        {
            Manifest = kernel is null ? manifest : manifest with { Machine = manifest.Machine with { Kernel = kernel } },
            Plan = analysis.Plan with { Scenario = scenario },
        }, run.Outcome());
    }

    [GeneratedRegex("href=\"(?<link>[^\"]+)\"", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex Links();
}
