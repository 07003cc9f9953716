using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Html;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>The texts of a report without its picture files, which take most of the time.</summary>
internal static class ReportTexts
{
    public static string Html(SyntheticRun run)
    {
        var analysis = run.Analysis();
        return HtmlReport.Write(ReportComposer.Compose(analysis, run.Outcome()), ChartSet.For(analysis));
    }

    public static string Markdown(SyntheticRun run)
    {
        var analysis = run.Analysis();
        return MarkdownReport.Write(ReportComposer.Compose(analysis, run.Outcome()), ChartSet.For(analysis));
    }
}
