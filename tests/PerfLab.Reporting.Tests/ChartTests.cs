using System.Xml.Linq;
using PerfLab.Experiments;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Tests.Fixture;
using SkiaSharp;

namespace PerfLab.Reporting.Tests;

public sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Charts_are_chosen_by_what_was_measured()
    {
        var run = new SyntheticRun { NotMeasured = new HashSet<MetricId> { MetricId.Cpu, MetricId.P50 } };

        Assert.Equal(["overhead-allocation", "exported-bytes"], ChartSet.For(run.Analysis()).Select(chart => chart.Stem));
    }

    [Fact]
    public void Each_kind_of_known_cost_has_a_chart_whose_open_marks_miss()
    {
        var charts = ChartSet.For(new SyntheticRun { Calibration = SyntheticCalibration.Two }.Analysis()).Where(chart => chart.Stem.StartsWith("calibration", StringComparison.Ordinal)).ToArray();

        Assert.Equal(["calibration-cpu", "calibration-cpu-bursts"], charts.Select(chart => chart.Stem));
        var filled = charts.Select(chart => Parse(ChartImage.SvgFile(chart)).Descendants(Svg + "ellipse").Count(mark => mark.Attribute("fill")?.Value == ChartPalette.Bar.Light));
        Assert.Equal([3, 0], filled);
        Assert.Equal(ChartImage.Png(charts[0]), ChartImage.Png(charts[0]));
    }

    [Fact]
    public void Drawing_twice_gives_the_same_bytes_although_the_library_counts_up()
    {
        foreach (var chart in ChartSet.For(new SyntheticRun().Analysis()))
        {
            Assert.Equal(ChartImage.SvgFile(chart), ChartImage.SvgFile(chart));
            Assert.Equal(ChartImage.Png(chart), ChartImage.Png(chart));
        }
    }

    [Fact]
    public void All_text_is_in_the_font_that_is_shipped()
    {
        foreach (var chart in ChartSet.For(new SyntheticRun().Analysis()))
        {
            var texts = Parse(ChartImage.SvgFile(chart)).Descendants(Svg + "text").ToArray();
            Assert.NotEmpty(texts);
            Assert.All(texts, text => Assert.StartsWith("'PerfLab Sans', ", text.Attribute("font-family")!.Value, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_text_in_a_picture_has_pixels()
    {
        // The same chart with a name of one space and with a name of letters: the difference is the letters' ink.
        var blank = DarkPixels(ChartImage.Png(WithVariant(" ")), maxX: 150);
        var named = DarkPixels(ChartImage.Png(WithVariant("MMMMMMMM")), maxX: 150);

        Assert.True(named > blank + 200, $"{named} dark pixels with a name, {blank} without.");
    }

    [Fact]
    public void A_picture_is_twice_as_large_as_it_is_shown()
    {
        using var picture = SKBitmap.Decode(ChartImage.Png(ChartSet.For(new SyntheticRun().Analysis())[0]));

        Assert.Equal(2 * ChartFrame.File.WidthPixels, picture.Width);
    }

    [Fact]
    public void The_control_is_marked_and_arms_stand_in_plan_order_from_the_top()
    {
        var texts = Parse(ChartImage.SvgFile(ChartSet.For(new SyntheticRun().Analysis())[0])).Descendants(Svg + "text")
            .GroupBy(text => text.Value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Y(group.First()), StringComparer.Ordinal);

        string[] expected = ["off' (control)", "sdk-always-off", "ratio-1", "ratio-10", "ratio-50", "always-on"];
        Assert.Equal(expected, expected.OrderBy(name => texts[name]));
    }

    [Fact]
    public void A_forest_plot_of_few_launch_sets_shows_them_without_intervals()
    {
        var chart = ChartSet.For(new SyntheticRun { LaunchSets = 3 }.Analysis())[0];
        var drawn = Parse(ChartImage.SvgFile(chart));

        Assert.Equal("No variant could be judged for CPU per request", chart.Title);
        Assert.Contains(drawn.Descendants(Svg + "text"), text => text.Value == "no interval");
        Assert.Equal(6 * 3, drawn.Descendants(Svg + "ellipse").Count(dot => dot.Attribute("fill")?.Value == ChartPalette.Dot.Light));
    }

    [Fact]
    public void Every_chart_of_an_untrusted_run_says_so_itself() =>
        Assert.All(
            ChartSet.For(new SyntheticRun { TrustLevel = Analysis.Trust.TrustLevel.Untrusted }.Analysis()),
            chart => Assert.StartsWith("Untrusted run: ", chart.Title, StringComparison.Ordinal));

    [Fact]
    public void Hostile_names_are_drawn_as_text_that_fits()
    {
        foreach (var chart in ChartSet.For(HostileRun.Create().Analysis()))
        {
            foreach (var frame in new[] { ChartFrame.Wide, ChartFrame.Narrow })
            {
                var root = Parse(ChartImage.SvgElement(chart, frame, "k"));
                Assert.NotEmpty(root.Descendants("text"));
                Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "image" or "a" or "foreignObject");
                Assert.All(root.Descendants("text"), text => Assert.True(double.Parse(text.Attribute("textLength")!.Value, System.Globalization.CultureInfo.InvariantCulture) <= frame.WidthPixels));
            }
        }
    }

    [Fact]
    public void Twenty_arms_keep_their_room_and_their_own_marks()
    {
        var charts = ChartSet.For(HtmlReportTests.ManyArms().Analysis());

        Assert.All(charts, chart => Assert.True(chart.Draw(ChartFrame.Narrow).HeightPixels >= 400));
        var keys = Parse(ChartImage.SvgFile(charts[2])).Descendants(Svg + "text").Count(text => text.Value.StartsWith("arm-", StringComparison.Ordinal));
        Assert.Equal(18, keys);
    }

    [Fact]
    public void A_character_that_the_font_lacks_is_a_box_and_not_a_gap() =>
        Assert.Equal("a □□ b", ChartFont.Drawable("a 日本 b"));

    private static IChart WithVariant(string name) => ChartSet.For(new SyntheticRun
    {
        Arms = [.. SyntheticRun.SamplingArms.Take(3), SyntheticRun.SamplingArms[3] with { Name = name }],
    }.Analysis())[^1];

    private static int DarkPixels(byte[] png, int maxX)
    {
        using var picture = SKBitmap.Decode(png);
        return Enumerable.Range(0, maxX).Sum(x => Enumerable.Range(0, picture.Height).Count(y => picture.GetPixel(x, y).Red < 128));
    }

    private static XElement Parse(string svg) => XElement.Parse(svg);

    private static double Y(XElement text)
    {
        var translate = text.Attribute("transform")!.Value;
        return double.Parse(translate[(translate.IndexOf(' ', StringComparison.Ordinal) + 1)..^1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
