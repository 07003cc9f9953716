using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Decisions;

/// <summary>What a month of the stated traffic takes with each arm, and what it costs by each plan.</summary>
/// <param name="Traffic">The traffic.</param>
/// <param name="Arms">The arms in plan order, without the control.</param>
/// <param name="Plans">The plans in the order of the scenario; none where it names no prices.</param>
public sealed record RunMonth(TrafficDefinition Traffic, IReadOnlyList<ArmMonth> Arms, IReadOnlyList<PlanCosts> Plans);

/// <summary>What a month takes with one arm. Null is not measured, or of fewer launch sets than an interval needs.</summary>
public sealed record ArmMonth
{
    /// <summary>Gets the arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Gets the cores that the service keeps busy on average.</summary>
    public required Interval? Cores { get; init; }

    /// <summary>Gets the cores among them that it takes more than the baseline.</summary>
    public required Interval? ExtraCores { get; init; }

    /// <summary>Gets the bytes sent to the back end, without what the collector's tail sampling drops.</summary>
    public required Interval? SentBytes { get; init; }

    /// <summary>Gets the spans among them.</summary>
    public required Interval? Spans { get; init; }

    /// <summary>Gets their traces, one for each request; null where the target does not say how many spans it creates.</summary>
    public required Interval? Traces { get; init; }

    /// <summary>Gets the bytes that are stored at any time; null where the retention is not stated.</summary>
    public required Interval? StoredBytes { get; init; }
}

/// <summary>What a month costs by one plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Arms">The arms in plan order, without the control.</param>
/// <param name="Cheapest">
/// Of the arms that keep traces, have no fault and provably meet the conditions of the scenario other than those on money, the
/// cheapest first and then those that cannot be told from it; none where there is no such arm, where the run is not trusted, and
/// where what is billed is a change against a baseline with a fault.
/// </param>
public sealed record PlanCosts(PricingPlan Plan, IReadOnlyList<ArmCost> Arms, IReadOnlyList<string> Cheapest);

/// <summary>What a month costs with one arm by one plan.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Money">In the plan's currency; null where a quantity that is billed is not known, and in the table of a month for a broken arm.</param>
/// <param name="IsAtLeast">Whether this is a lower bound: more is sent than the plan includes, or the arm did not send all that it should.</param>
public sealed record ArmCost(string Arm, Interval? Money, bool IsAtLeast);

/// <summary>
/// Extrapolates a run to a month of the stated traffic. Bounds are carried through: the lower bound of a cost is what the lower
/// bounds of all its quantities cost, which is wider than 95 % where several uncertain quantities are billed. A pure function;
/// <c>docs/money.md</c> has the formulas.
/// </summary>
public static class MonthEstimator
{
    private const double BytesPerGigabyte = 1e9;
    private const double Million = 1e6;
    private const double SecondsPerDay = 86_400;
    private const double HoursPerMonth = DecisionDefinition.SecondsPerMonth / 3_600;

    /// <summary>Estimates a month; null where the plan of the run states no traffic.</summary>
    /// <param name="basis">The run.</param>
    /// <param name="decision">What it decides: an arm that does not meet the conditions is not the cheapest.</param>
    public static RunMonth? Of(DecisionBasis basis, RunDecision decision) => basis.Plan.Decision is not { Traffic: { } traffic } stated ? null : new RunMonth(
        traffic,
        [.. Configurations(basis).Select(arm => Month(arm, traffic, basis))],
        [.. stated.Pricing.Select(plan => Costs(plan, traffic, basis, decision))]);

    /// <summary>Gets what a month costs with an arm by the first plan, which the budget is about; null where nobody can say.</summary>
    internal static ArmCost? CostOf(ArmAnalysis arm, DecisionBasis basis) =>
        basis.Plan.Decision is { Traffic: { } traffic, Pricing: [var first, ..] } ? Cost(first, Month(arm, traffic, basis), traffic) : null;

    private static IEnumerable<ArmAnalysis> Configurations(DecisionBasis basis) => basis.Arms.Where(arm => arm.Role != Experiments.Plans.ArmRole.Control);

    private static ArmMonth Month(ArmAnalysis arm, TrafficDefinition traffic, DecisionBasis basis)
    {
        var requests = traffic.RequestsPerSecond * DecisionDefinition.SecondsPerMonth;
        var kept = arm.TailKeptRatio ?? 1;
        var spans = Values(MetricId.ExportedSpans)?.Times(requests * kept);
        var sent = Values(MetricId.ExportedBytes)?.Times(requests * kept);
        return new ArmMonth
        {
            Arm = arm.Name,
            Cores = Values(MetricId.Cpu)?.Times(traffic.RequestsPerSecond),
            ExtraCores = arm.Role == Experiments.Plans.ArmRole.Baseline
                ? Interval.Exactly(0)
                : arm.Get(MetricId.Cpu).Difference?.Times(traffic.RequestsPerSecond),
            SentBytes = sent,
            Spans = spans,
            Traces = spans is { High: 0 } ? spans
                : arm.Spans is { CreatedCount: > 0 and { } created, RequestCount: > 0 and var answered } ? spans?.Times((double)answered / created)
                : null,
            StoredBytes = traffic.RetentionDays is { } days ? sent?.Times(days * SecondsPerDay / DecisionDefinition.SecondsPerMonth) : null,
        };

        Interval? Values(MetricId metric) => PairedCosts.Values(arm.Get(metric), basis);
    }

    private static PlanCosts Costs(PricingPlan plan, TrafficDefinition traffic, DecisionBasis basis, RunDecision decision)
    {
        ArmCost[] costs = [.. Configurations(basis).Select(arm => Shown(arm, Cost(plan, Month(arm, traffic, basis), traffic)))];
        var mayDecide = Recommender.MayDecide(basis) && (basis.Baseline.Health.State == ArmState.Healthy || !ConditionGate.IsBilledByChange(plan));
        (string Arm, Interval Money)[] eligible =
        [
            .. from each in Configurations(basis).Zip(costs)
               let cost = each.Second
               where mayDecide && each.First.Health.State == ArmState.Healthy && cost is { Money: not null, IsAtLeast: false }
               join entry in decision.Arms on cost.Arm equals entry.Arm
               where entry.Conditions.Where(condition => condition.Condition.Quantity != DecisionQuantity.Cost).All(condition => condition.Outcome == Thresholds.ThresholdOutcome.Proven)
               orderby cost.Money!.Estimate
               select (cost.Arm, cost.Money!),
        ];
        return new PlanCosts(plan, costs, [.. eligible.Where(arm => arm.Money.Low <= eligible[0].Money.High).Select(arm => arm.Arm)]);
    }

    // The bill of a broken arm is one of other work, and that of an arm which lost spans a lower bound.
    private static ArmCost Shown(ArmAnalysis arm, ArmCost cost) => arm.Health.State == ArmState.Broken ? cost with { Money = null }
        : cost with { IsAtLeast = cost.IsAtLeast || arm.Health.Faults.Any(fault => fault.IsLowerBound) };

    private static ArmCost Cost(PricingPlan plan, ArmMonth month, TrafficDefinition traffic)
    {
        (Price Price, Interval? Units)[] billed = [.. plan.Prices.Select(price => (price, Units(price.Unit, month, traffic)))];
        var money = Array.TrueForAll(billed, entry => entry.Units is not null)
            ? new Interval(Sum(units => units.Estimate), Sum(units => units.Low), Sum(units => units.High), billed.Min(entry => entry.Units!.ConfidenceLevel))
            : null;
        var included = plan.Prices.Sum(price => price.IncludedGigabytes * (traffic.Hosts ?? 0));
        return new ArmCost(month.Arm, money, plan.Prices.Any(price => price.IncludedGigabytes is not null) && month.SentBytes?.High > included * BytesPerGigabyte);

        double Sum(Func<Interval, double> bound) => billed.Sum(entry => entry.Price.Amount * Math.Max(0, bound(entry.Units!) - entry.Price.Free));
    }

    private static Interval? Units(PriceUnit unit, ArmMonth month, TrafficDefinition traffic) => unit switch
    {
        PriceUnit.Gigabyte => month.SentBytes?.Times(1 / BytesPerGigabyte),
        PriceUnit.StoredGigabyte => month.StoredBytes?.Times(1 / BytesPerGigabyte),
        PriceUnit.MillionSpans => month.Spans?.Times(1 / Million),
        PriceUnit.MillionTraces => month.Traces?.Times(1 / Million),

        // Who sends nothing needs no subscription.
        PriceUnit.Host when traffic.Hosts is { } hosts => month.Spans is { } spans ? Interval.Exactly(spans.High > 0 ? hosts : 0) : null,
        PriceUnit.CoreHour => month.ExtraCores?.Times(HoursPerMonth),
        _ => null,
    };
}
