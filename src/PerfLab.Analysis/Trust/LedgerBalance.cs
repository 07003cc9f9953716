using System.Globalization;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Trust;

/// <summary>Whether the spans that an arm sampled are the spans that arrived, launch set by launch set.</summary>
internal sealed record LedgerBalance
{
    /// <summary>Gets one sentence for each arm whose spans do not add up.</summary>
    internal required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Gets what was proven and what was not measured.</summary>
    internal required IReadOnlyList<string> Remarks { get; init; }

    internal static LedgerBalance Of(Plan plan, IReadOnlyList<LaunchRecord> launches)
    {
        var ledgers = plan.Arms.ToDictionary(arm => arm.Name, arm => Ledgers(plan, arm, launches), StringComparer.Ordinal);
        string[] unknown = [.. Named(arm => ledgers[arm.Name].Any(ledger => ledger.Spans.SampledCount is null))];
        string[] elsewhere = [.. Named(arm => !SdkEnvironment.IsExported(plan, arm))];
        string[] troubled = [.. Named(arm => arm.BackEnd is not null)];
        string[] faulty = [.. Named(arm => ledgers[arm.Name].Any(IsFaulty)).Except([.. elsewhere, .. troubled], StringComparer.Ordinal)];
        string[] balanced = [.. Named(arm => ledgers[arm.Name].Length > 0).Except([.. unknown, .. elsewhere, .. troubled, .. faulty], StringComparer.Ordinal)];
        var remarks = new List<string>();
        if (balanced.Length > 0)
        {
            remarks.Add($"Every sampled span of {string.Join(", ", balanced)} arrived.");
        }

        if (unknown.Length > 0)
        {
            remarks.Add($"Span ledger of {string.Join(", ", unknown)}: not measured (the target did not say what it sampled), so lost spans would go unseen there.");
        }

        if (elsewhere.Length > 0)
        {
            remarks.Add($"Span ledger of {string.Join(", ", elsewhere)}: not judged (told to export elsewhere or nowhere).");
        }

        if (troubled.Length > 0)
        {
            remarks.Add($"Span ledger of {string.Join(", ", troubled)}: shown and not judged (the back end was in trouble on purpose).");
        }

        return new LedgerBalance { Faults = [.. faulty.Select(arm => Fault(arm, ledgers[arm]))], Remarks = remarks };

        IEnumerable<string> Named(Func<PlannedArm, bool> predicate) => plan.Arms.Where(predicate).Select(arm => arm.Name);
    }

    private static (int Launch, SpanLedger Spans)[] Ledgers(Plan plan, PlannedArm arm, IReadOnlyList<LaunchRecord> launches) =>
    [
        .. launches.Select(launch => (launch.Number, Record: ArmRecords.Find(launch, arm.Name)))
            .Where(entry => entry.Record is not null)
            .Select(entry => (entry.Number, ArmLedger.Of(plan, arm, entry.Record!))),
    ];

    private static bool IsFaulty((int Launch, SpanLedger Spans) ledger) =>
        ledger.Spans.MissingCount is not (null or 0);

    private static string Fault(string arm, (int Launch, SpanLedger Spans)[] ledgers)
    {
        var faulty = ledgers.Where(IsFaulty).ToArray();
        var sampled = faulty.Sum(ledger => ledger.Spans.SampledCount!.Value);
        var received = faulty.Sum(ledger => ledger.Spans.DistinctCount);
        var where = string.Join(", ", faulty.Select(ledger => ledger.Launch.ToString(CultureInfo.InvariantCulture)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{arm} sampled {sampled:N0} spans and {received:N0} arrived, in launch sets {where}: an arm that loses spans is broken, not cheap.");
    }
}
