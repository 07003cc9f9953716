using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;

namespace PerfLab.Reporting.Wording;

/// <summary>Says what a month of the stated traffic takes and costs.</summary>
internal static class MonthWording
{
    private const double BytesPerGigabyte = 1e9;
    private const double Million = 1e6;

    /// <summary>
    /// Writes which arm is the cheapest by each plan, a sentence each, and whether that depends on the plan. Where one arm alone
    /// qualifies, there is nothing to be cheaper than: one sentence with its costs.
    /// </summary>
    public static IReadOnlyList<string> Sentences(RunAnalysis analysis)
    {
        if (analysis.Month is not { Plans: { Count: > 0 } plans } || !plans.Any(plan => plan.Cheapest.Count > 0))
        {
            return [];
        }

        ArmDecision[] qualified = analysis.Decision is { Outcome: DecisionOutcome.Recommended or DecisionOutcome.Tied } decision
            ? [.. decision.Arms.Where(arm => arm.Outcome == ThresholdOutcome.Proven)]
            : [];
        PlanCosts[] priced = [.. plans.Where(plan => plan.Cheapest.Count > 0)];
        if (qualified is [var only] && Array.TrueForAll(priced, plan => plan.Cheapest is [var cheapest] && cheapest == only.Arm))
        {
            return
            [
                $"{DisplayText.Name(only.Arm)} costs {DisplayText.Listed([.. priced.Select(plan => $"{MoneyWithRange(Cost(plan, only.Arm), plan)} with {DisplayText.Clean(plan.Plan.Name)}")])}.",
                .. plans.Where(plan => plan.Cheapest.Count == 0).Select(Sentence),
            ];
        }

        var depends = priced.DistinctBy(plan => string.Join(' ', plan.Cheapest.Order(StringComparer.Ordinal))).Count() > 1;
        return
        [
            .. qualified.Length > 0 ? ["Compared are the arms that keep traces, have no fault and meet the conditions on all but money."] : Array.Empty<string>(),
            .. plans.Select(Sentence),
            .. depends ? ["Which arm is the cheapest depends on the plan."] : Array.Empty<string>(),
        ];
    }

    /// <summary>Writes money with its currency: <c>12.30 USD</c>.</summary>
    public static string Money(ArmCost cost, PlanCosts plan) => cost.Money is { } money
        ? $"{(cost.IsAtLeast ? "at least " : string.Empty)}{Amount(money.Estimate)}\u00a0{DisplayText.Clean(plan.Plan.Currency)}"
        : "–";

    /// <summary>Writes the range of money; null where it is no wider than a figure.</summary>
    public static string? MoneyRange(ArmCost cost) => cost.Money is { } money && Amount(money.Low) != Amount(money.High) ? $"{Amount(money.Low)} to {Amount(money.High)}" : null;

    /// <summary>Writes cores with their range.</summary>
    public static string Cores(Interval? cores) => Figure(cores, 1);

    /// <summary>Writes gigabytes with their range.</summary>
    public static string Gigabytes(Interval? bytes) => Figure(bytes, BytesPerGigabyte);

    /// <summary>Writes millions of spans or traces with their range.</summary>
    public static string Millions(Interval? count) => Figure(count, Million);

    /// <summary>Writes the traffic: <c>300 requests/s in all on 4 hosts, kept for 30 days</c>.</summary>
    public static string Traffic(RunMonth month) => string.Create(CultureInfo.InvariantCulture, $"{month.Traffic.RequestsPerSecond:#,0.###} requests/s{(month.Traffic.Hosts is { } hosts ? $" in all on {DisplayText.Counted(hosts, "host")}" : string.Empty)}{(month.Traffic.RetentionDays is { } days ? $", kept for {days:0.#} days" : string.Empty)}");

    private static string Sentence(PlanCosts plan)
    {
        var name = DisplayText.Clean(plan.Plan.Name);
        if (plan.Cheapest.Count == 0)
        {
            return plan.Arms.All(cost => cost.Money is null) ? $"{name}: cannot be priced, because something that is billed was not measured." : $"{name}: no arm is shown to be the cheapest that meets the conditions.";
        }

        ArmCost[] costs = [.. plan.Cheapest.Select(arm => Cost(plan, arm))];
        var arms = plan.Cheapest.Select(DisplayText.Name).ToArray();
        var names = arms.Length == 1 ? arms[0] : $"{string.Join(", ", arms[..^1])} and {arms[^1]}";
        var money = MoneyWithRange(costs[0], plan);
        return costs.Length == 1 ? $"{name}: {names} costs the least, {money}."
            : costs.All(cost => cost.Money == costs[0].Money) ? $"{name}: {names} cost the same, {money}; the choice between them does not change this bill."
            : $"{name}: {names} cost the least and cannot be told apart, about {money}.";
    }

    private static ArmCost Cost(PlanCosts plan, string arm) => plan.Arms.Single(cost => cost.Arm == arm);

    private static string MoneyWithRange(ArmCost cost, PlanCosts plan) => $"{Money(cost, plan)}{(MoneyRange(cost) is { } range ? $" ({range})" : string.Empty)}";

    // Money has hundredths; beyond a thousand nobody reads them.
    private static string Amount(double money) => money.ToString(Math.Abs(money) >= 1_000 ? "#,0" : "0.00", CultureInfo.InvariantCulture);

    private static string Figure(Interval? interval, double divisor)
    {
        if (interval is null)
        {
            return "–";
        }

        var format = Math.Abs(interval.Estimate / divisor) switch
        {
            0 => "0",
            >= 100 => "#,0",
            >= 10 => "0.0",
            >= 1 => "0.00",
            >= 0.1 => "0.000",
            _ => "0.0000",
        };
        var (estimate, low, high) = (Number(interval.Estimate), Number(interval.Low), Number(interval.High));
        return low == high ? estimate : $"{estimate} ({low} to {high})";

        string Number(double value) => (value / divisor).ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212');
    }
}
