using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Findings;

/// <summary>Exports that reached the collector and brought no spans into the ledger, and those of other signals.</summary>
internal static class ExportFindings
{
    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<ArmAnalysis> arms) => arms.SelectMany(Of).Concat(OtherSignals(plan, arms));

    // What metrics and logs cost is no cost of tracing, and a service that sends them has an SDK.
    private static IEnumerable<Finding> OtherSignals(Plan plan, IReadOnlyList<ArmAnalysis> arms)
    {
        var isBaselineSilent = arms.Single(arm => arm.Role == ArmRole.Baseline).Spans.OtherSignalExportCount == 0;
        return from arm in arms
               where arm.Spans.OtherSignalExportCount > 0
               let isDisabled = SdkEnvironment.HasNoSdk(plan, plan.Arms.Single(planned => planned.Name == arm.Name))
               where isDisabled || (isBaselineSilent && arm.Role == ArmRole.Variant)
               select new Finding(isDisabled ? FindingSeverity.Warning : FindingSeverity.Note, "other-signals-exported", arm.Name)
               {
                   Details = new OtherSignalsExported(arm.Spans.OtherSignalExportCount, isDisabled),
               };
    }

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
