using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Credibility;

/// <summary>The span ledger of an arm in a launch set, with what its environment says where the target says nothing.</summary>
internal static class ArmLedger
{
    /// <summary>
    /// Gets the ledger. A target without an SDK has nothing that could count what it samples: where every process of the arm is
    /// told to have none, and the collector saw not one request of it, nothing was created and nothing is missing.
    /// </summary>
    internal static SpanLedger Of(Plan plan, PlannedArm arm, ArmRecord record) =>
        record.Spans is { CreatedCount: null, SampledCount: null, ReceivedCount: 0, RefusedCount: 0, ExportRequestCount: 0 } silent && ArmEnvironment.IsDisabled(plan, arm)
            ? silent with { CreatedCount = 0, NotSampledCount = 0, SampledCount = 0 }
            : record.Spans;
}
