using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Tests.Fixture;
namespace PerfLab.Reporting.Tests;
public sealed class ChartScratch
{
    [Fact]
    public void Draw_all()
    {
        Directory.CreateDirectory("/tmp/shots");
        foreach (var chart in ChartSet.For(new SyntheticRun().Analysis()))
        {
            File.WriteAllBytes($"/tmp/shots/{chart.Stem}.png", ChartImage.Png(chart));
            File.WriteAllText($"/tmp/shots/{chart.Stem}.svg", ChartImage.SvgFile(chart));
            File.WriteAllText($"/tmp/shots/{chart.Stem}-narrow.svg", ChartImage.SvgElement(chart, ChartFrame.Narrow, "narrow"));
        }
    }
}
