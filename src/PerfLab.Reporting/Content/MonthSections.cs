using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Content;

/// <summary>What a month of the stated traffic takes with each arm, and what it costs by each plan.</summary>
internal static class MonthSections
{
    /// <summary>Composes the sections; none where the run states no traffic.</summary>
    public static IReadOnlyList<ReportSection> Compose(RunAnalysis analysis) => analysis.Month is not { } month ? []
        : month.Plans.Count == 0 ? [Needs(month, analysis)]
        : [Costs(month, analysis), Prices(month), Needs(month, analysis)];

    /// <summary>Gets the title of the first screen's column of money; null where the run has no prices.</summary>
    public static string? Column(RunAnalysis analysis) => analysis.Month is { Plans: [var plan, ..] } month ? $"A month at {MonthWording.Traffic(month)}, {DisplayText.Clean(plan.Plan.Name)}" : null;

    /// <summary>Writes the first screen's cell of money, by the first plan.</summary>
    public static OverviewCell Cell(ArmAnalysis arm, RunMonth month)
    {
        var plan = month.Plans[0];
        var cost = plan.Arms.Single(entry => entry.Arm == arm.Name);
        return cost.Money is { } money
            ? new OverviewCell(MonthWording.Money(cost, plan), MonthWording.MoneyRange(cost) is { } range ? new IntervalStatement(null, range, null) : null, null, money.Estimate)
            : new OverviewCell(null, null, null, null);
    }

    private static ReportSection Costs(RunMonth month, RunAnalysis analysis) => new(
        "costs",
        "What a month costs by each plan",
        string.Join(" ", (string[])
        [
            $"At {MonthWording.Traffic(month)}.",
            .. MonthWording.Sentences(analysis),
        ]),
        ["Arm", .. month.Plans.Select(plan => DisplayText.Clean(plan.Plan.Name))],
        [.. month.Arms.Select(arm => (IReadOnlyList<string>)[arm.Arm, .. month.Plans.Select(plan => Cell(plan, arm.Arm))])])
    {
        BriefRows = [.. month.Arms.Select(arm => (IReadOnlyList<string>)[arm.Arm, .. month.Plans.Select(plan => MonthWording.Money(plan.Arms.Single(cost => cost.Arm == arm.Arm), plan))])],
    };

    private static ReportSection Needs(RunMonth month, RunAnalysis analysis)
    {
        (string Title, Func<ArmMonth, string> Cell)[] columns =
        [
            ("Cores", arm => MonthWording.Cores(arm.Cores)),
            ($"More than {DisplayText.Name(analysis.Baseline.Name)}, cores", arm => MonthWording.Cores(arm.ExtraCores)),
            ("Sent, GB", arm => MonthWording.Gigabytes(arm.SentBytes)),
            ("Spans, millions", arm => MonthWording.Millions(arm.Spans)),
            ("Traces, millions", arm => MonthWording.Millions(arm.Traces)),
            .. month.Traffic.RetentionDays is { } days ? [($"Stored for {days.ToString("0.#", CultureInfo.InvariantCulture)} days, GB", (ArmMonth arm) => MonthWording.Gigabytes(arm.StoredBytes))] : Array.Empty<(string, Func<ArmMonth, string>)>(),
        ];
        return new(
            "month",
            "What a month takes",
            $"At {MonthWording.Traffic(month)} all month, as measured here at {analysis.Plan.RatePerSecond.ToString("#,0", CultureInfo.InvariantCulture)} requests/s, with 95 % intervals. Cores are those of the service on average; leave room for peaks. Bytes are those of the exports as they were sent, without what tail sampling in the collector drops.",
            ["Arm", .. columns.Select(column => column.Title)],
            [.. month.Arms.Select(arm => (IReadOnlyList<string>)[arm.Arm, .. columns.Select(column => column.Cell(arm))])])
        {
            BriefHeaders = ["Arm", "Cores", "More", "GB", "M spans", "M traces"],
            BriefRows = [.. month.Arms.Select(arm => (IReadOnlyList<string>)[arm.Arm, .. columns.Take(5).Select(column => column.Cell(arm).Split(' ')[0])])],
        };
    }

    private static ReportSection Prices(RunMonth month)
    {
        (string Name, string AsOf, string Source, string Note)[] rows = [.. month.Plans.Select(plan => (DisplayText.Clean(plan.Plan.Name), plan.Plan.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), plan.Plan.Source, plan.Plan.Note ?? string.Empty))];
        return new("prices", "Where the prices come from", "Prices change: compare them with the page before you decide.", ["Plan", "As of", "Page", "Note"], [.. rows.Select(row => (IReadOnlyList<string>)[row.Name, row.AsOf, row.Source, row.Note])])
        {
            WordColumns = [1, 2, 3],
            BriefHeaders = ["Plan", "As of"],
            BriefRows = [.. rows.Select(row => (IReadOnlyList<string>)[row.Name, row.AsOf])],
        };
    }

    private static string Cell(PlanCosts plan, string arm)
    {
        var cost = plan.Arms.Single(entry => entry.Arm == arm);
        return $"{(plan.Cheapest.Contains(arm) ? "✓ " : string.Empty)}{MonthWording.Money(cost, plan)}{(MonthWording.MoneyRange(cost) is { } range ? $" ({range})" : string.Empty)}";
    }
}
