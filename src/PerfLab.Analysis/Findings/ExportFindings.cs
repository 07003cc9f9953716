using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Findings;

/// <summary>Exports that reached the collector and brought no spans into the ledger.</summary>
internal static class ExportFindings
{
    internal static IEnumerable<Finding> Of(IReadOnlyList<ArmAnalysis> arms) => arms.SelectMany(Of);

    private static IEnumerable<Finding> Of(ArmAnalysis arm)
    {
        var severity = RejectedExport.ShareOf(arm.Spans) > RejectedExport.PracticalLimitRatio ? FindingSeverity.Warning : FindingSeverity.Note;
        RejectedExport[] rejected = [.. arm.Spans.RejectedExports.Where(entry => !entry.IsIntended)];
        if (rejected.Length > 0)
        {
            yield return new Finding(severity, "exports-rejected", arm.Name) { Details = new ExportsRejected(rejected) };
        }

        if (arm.Spans.ExportsWithoutSpansCount > 0)
        {
            yield return new Finding(FindingSeverity.Warning, "exports-without-spans", arm.Name)
            {
                Details = new ExportsWithoutSpans(arm.Spans.ExportsWithoutSpansCount, arm.Spans.ExportRequestCount),
            };
        }
    }
}
