using PerfLab.Analysis;
using PerfLab.Experiments.Results;

namespace PerfLab.Cli.Display;

/// <summary>Shows the result of a run in the terminal.</summary>
internal static class SummaryDisplay
{
    /// <summary>Prints trust and answers, then where the report is.</summary>
    public static void Show(RunAnalysis analysis, RunFolder folder)
    {
        Console.WriteLine(analysis.Trust.Headline);
        foreach (var arm in analysis.Arms)
        {
            Console.WriteLine(arm.Answer);
        }

        foreach (var finding in analysis.Findings)
        {
            Console.WriteLine($"{finding.Severity} {finding.Code} {finding.Subject}: {finding.Facts}");
        }

        Console.WriteLine(folder.HtmlReportFile);
    }
}
