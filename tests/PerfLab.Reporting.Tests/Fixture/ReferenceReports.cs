using PerfLab.Analysis.Tests;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Html;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>Reports of the runs in <c>tests/ReferenceRuns</c>, which were measured with real services.</summary>
internal static class ReferenceReports
{
    public const string Smoke = ReferenceAnalysis.Smoke;
    public const string Sampling = ReferenceAnalysis.Sampling;
    public const string Tail = ReferenceAnalysis.Tail;

    public static string Html(string run, Func<Plan, Plan>? plan = null)
    {
        var (analysis, outcome) = ReferenceAnalysis.Of(run, plan);
        return HtmlReport.Write(ReportComposer.Compose(analysis, outcome), ChartSet.For(analysis));
    }
}
