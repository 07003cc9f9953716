using System.Globalization;
using System.Text.RegularExpressions;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Html;

namespace PerfLab.Reporting.Tests;

public sealed partial class StyleTests
{
    // No pattern here needs more than a blink; a slow one is a fault of the test.
    private const int LimitMilliseconds = 10_000;

    // WCAG 2.2: 1.4.3 for text, 1.4.11 for shapes that carry meaning.
    private const double TextContrast = 4.5;
    private const double ShapeContrast = 3;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void All_text_is_readable_on_every_ground_it_stands_on(int scheme)
    {
        var colors = Schemes()[scheme];
        foreach (var ground in new[] { "page", "soft" })
        {
            foreach (var text in new[] { "ink", "muted", "more", "less", "same", "unsure", "none", "good", "doubt", "bad" })
            {
                AssertContrast(colors[text], colors[ground], TextContrast, $"{text} on {ground}");
            }
        }

        foreach (var tone in new[] { "good", "doubt", "bad" })
        {
            AssertContrast(colors[tone], colors[tone + "-soft"], TextContrast, tone);
            AssertContrast(colors["muted"], colors[tone + "-soft"], TextContrast, $"muted on {tone}-soft");
            AssertContrast(colors["ink"], colors[tone + "-soft"], TextContrast, $"ink on {tone}-soft");
            AssertContrast(colors["same"], colors[tone + "-soft"], TextContrast, $"same on {tone}-soft");
        }
    }

    [Fact]
    public void What_a_chart_says_in_colour_can_be_seen_in_both_schemes()
    {
        var (light, dark) = (Schemes()[0]["page"], Schemes()[1]["page"]);
        foreach (var color in (ChartColor[])[ChartPalette.Ink, ChartPalette.Muted, ChartPalette.More, ChartPalette.Less, ChartPalette.Same, ChartPalette.Unsure, ChartPalette.Bar, .. ChartPalette.Series])
        {
            AssertContrast(color.Light, light, ShapeContrast, color.Light);
            AssertContrast(color.Dark, dark, ShapeContrast, color.Dark);
        }
    }

    [Fact]
    public void Each_colour_of_a_chart_has_one_dark_twin()
    {
        var sheet = HtmlStyle.Sheet();

        Assert.Equal(ChartPalette.All.Count, ChartPalette.All.Select(color => color.Light).Distinct(StringComparer.Ordinal).Count());
        Assert.All(ChartPalette.All, color => Assert.Contains($".chart [fill=\"{color.Light}\"] {{ fill: {color.Dark}; }}", sheet, StringComparison.Ordinal));
    }

    [Fact]
    public void The_licence_of_the_font_is_shipped_with_it()
    {
        using var stream = typeof(HtmlStyle).Assembly.GetManifestResourceStream("PerfLab.Reporting.Fonts.OFL.txt");
        using var reader = new StreamReader(stream!);

        Assert.Contains("SIL OPEN FONT LICENSE Version 1.1", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    // The first block of variables is the light scheme, the second the dark one.
    private static Dictionary<string, string>[] Schemes() =>
        [.. Root().Matches(HtmlStyle.Sheet()).Select(block => Variable().Matches(block.Value).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["color"].Value, StringComparer.Ordinal))];

    private static void AssertContrast(string text, string ground, double least, string what)
    {
        var (one, other) = (Luminance(text), Luminance(ground));
        var contrast = (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);
        Assert.True(contrast >= least, string.Create(CultureInfo.InvariantCulture, $"{what}: contrast {contrast:0.00} is below {least}."));
    }

    // WCAG 2.2, relative luminance of sRGB.
    private static double Luminance(string hex)
    {
        var channels = Enumerable.Range(0, 3).Select(channel => Convert.ToInt32(hex.Substring(1 + (2 * channel), 2), 16) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    [GeneratedRegex(@":root \{[^}]*\}", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex Root();

    [GeneratedRegex(@"--(?<name>[a-z-]+): (?<color>#[0-9a-f]{6});", RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex Variable();
}
