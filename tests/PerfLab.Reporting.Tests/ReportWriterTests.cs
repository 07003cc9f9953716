using System.Globalization;
using System.Text;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed class ReportWriterTests
{
    [Fact]
    public void A_run_gets_a_page_a_text_and_each_chart_in_two_formats()
    {
        using var report = new ReportFiles(new SyntheticRun());

        Assert.Equal(
            [
                "charts/exported-bytes.png", "charts/exported-bytes.svg",
                "charts/front.png", "charts/front.svg",
                "charts/overhead-allocation.png", "charts/overhead-allocation.svg",
                "charts/overhead-cpu.png", "charts/overhead-cpu.svg",
                "charts/response-time.png", "charts/response-time.svg",
                "report.html", "report.md", "summary.json",
            ],
            report.ReadAll().Keys);
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        using var first = new ReportFiles(new SyntheticRun());
        using var second = new ReportFiles(new SyntheticRun());

        AssertSameFiles(first, second);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_culture_of_the_machine_changes_no_byte(string culture)
    {
        using var here = new ReportFiles(new SyntheticRun());
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            using var there = new ReportFiles(new SyntheticRun());
            AssertSameFiles(here, there);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_second_report_leaves_no_chart_of_the_first()
    {
        using var report = new ReportFiles(new SyntheticRun());
        var withoutLatency = new SyntheticRun { NotMeasured = new HashSet<PerfLab.Experiments.MetricId> { PerfLab.Experiments.MetricId.P50 } };

        report.Write(withoutLatency);

        Assert.DoesNotContain("charts/response-time.svg", report.ReadAll().Keys);
    }

    [Fact]
    public void Texts_are_utf8_without_a_mark_and_have_unix_line_ends()
    {
        using var report = new ReportFiles(HostileRun.Create());
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        foreach (var (_, bytes) in report.ReadAll().Where(file => !file.Key.EndsWith(".png", StringComparison.Ordinal)))
        {
            var text = strict.GetString(bytes);
            Assert.DoesNotContain('\r', text);
            Assert.False(text.StartsWith('\ufeff'));
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_text_names_the_folder_in_which_it_lies()
    {
        using var report = new ReportFiles(new SyntheticRun());

        Assert.DoesNotContain(report.Folder.Path, report.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(report.Folder.Path, report.Markdown, StringComparison.Ordinal);
    }

    private static void AssertSameFiles(ReportFiles first, ReportFiles second)
    {
        var (left, right) = (first.ReadAll(), second.ReadAll());
        Assert.Equal(left.Keys, right.Keys);
        foreach (var (name, bytes) in left)
        {
            Assert.True(bytes.AsSpan().SequenceEqual(right[name]), $"{name} differs between two reports of the same run.");
        }
    }
}
