using PerfLab.Analysis;
using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Traces;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Content;

/// <summary>The table of the first screen: what each arm costs, and what one gives up with it.</summary>
/// <param name="Columns">The columns behind the arm.</param>
/// <param name="Rows">The arms in plan order, without the control: it is no configuration to choose and stands with the trust.</param>
/// <param name="Remarks">What is worth a sentence beside the table.</param>
/// <param name="Budgets">The conditions that are drawn as a line in the bars of a column, as written in the scenario.</param>
internal sealed record ArmOverview(IReadOnlyList<OverviewHeading> Columns, IReadOnlyList<OverviewRow> Rows, IReadOnlyList<string> Remarks, IReadOnlyList<string> Budgets)
{
    private const string EveryTrace = "All traces: none is kept";

    // Spans that were created and not yet sampled when the target was asked are no choice of the sampler; 0.1 % is what matters elsewhere.
    private const double AllButNone = 0.999;

    private static readonly (MetricId Metric, string Title)[] s_metrics =
    [
        (MetricId.Cpu, "CPU per request"),
        (MetricId.Allocation, "Allocated per request"),
        (MetricId.P50, "Median response time"),
        (MetricId.P99, "99th percentile"),
        (MetricId.ExportedBytes, "Sent per request"),
    ];

    /// <summary>Composes the table.</summary>
    public static ArmOverview Compose(RunAnalysis analysis)
    {
        var columns = s_metrics
            .Where(column => analysis.Arms.Any(arm => MetricTables.IsTold(arm, column.Metric)))
            .Select(column => new OverviewColumn(column.Metric, analysis))
            .ToArray();
        return new ArmOverview(
            [
                .. columns.Select(column => new OverviewHeading(s_metrics.Single(entry => entry.Metric == column.Metric).Title, column.Matters)),
                .. MonthSections.Column(analysis) is { } money ? [new OverviewHeading(money, null)] : Array.Empty<OverviewHeading>(),
            ],
            [.. analysis.Arms.Where(arm => arm.Role != ArmRole.Control).Select(arm => Row(arm, columns, analysis))],
            [
                .. MonthWording.Sentences(analysis) is { Count: > 0 } sentences ? [$"A month at {MonthWording.Traffic(analysis.Month!)}: {string.Join(" ", sentences)}"] : Array.Empty<string>(),
                .. RecommendationWording.BoughtNothing(analysis),
            ],
            [.. columns.Select(column => column.DrawnBudget).OfType<DecisionCondition>().Select(budget => budget.Text)]);
    }

    private static OverviewRow Row(ArmAnalysis arm, OverviewColumn[] columns, RunAnalysis analysis) => new(
        arm.Name,
        ArmLabel.For(arm.Role) ?? Nearest(arm, analysis.Decision),
        arm.Meaning,
        Choice(arm, analysis.Decision),
        arm.Health.State == ArmState.Broken,
        [.. columns.Select(column => column.Cell(arm)), .. analysis.Month is { Plans.Count: > 0 } month ? [MonthSections.Cell(arm, month)] : Array.Empty<OverviewCell>()],
        GivenUp(arm, analysis));

    private static string? Nearest(ArmAnalysis arm, RunDecision? decision) => decision switch
    {
        { Outcome: DecisionOutcome.NotProven } when decision.Arm == arm.Name => "nearest, not proven",
        { Outcome: DecisionOutcome.NoneMeets } when decision.Arm == arm.Name => "nearest, misses",
        _ => null,
    };

    private static string? Choice(ArmAnalysis arm, RunDecision? decision) => decision switch
    {
        { Outcome: DecisionOutcome.Recommended } when decision.Arm == arm.Name => "recommended",
        { Outcome: DecisionOutcome.Tied } when decision.Arm == arm.Name || decision.TiedWith.Contains(arm.Name) => "one of several",
        _ => null,
    };

    private static List<string> GivenUp(ArmAnalysis arm, RunAnalysis analysis)
    {
        if (arm.Health.State == ArmState.Broken)
        {
            return [ArmHealthWording.Answer(arm, analysis)];
        }

        var words = new List<string>();
        if (analysis.Visibility?.Arms.FirstOrDefault(entry => entry.Name == arm.Name) is { } kept)
        {
            words.Add(kept.Kept.Count == 0 ? EveryTrace : $"Keeps {Share(kept.FailedKept)} of failed, {Share(kept.SlowKept)} of slow, {Share(kept.Kept)} of all requests");
        }
        else if (Recommender.TracesKept(arm, analysis.Visibility)?.Estimate is { } share)
        {
            words.Add(share switch
            {
                0 => EveryTrace,
                > AllButNone => "Nothing: every trace is kept",
                _ when arm.TailKeptRatio is not null => $"{MetricColumnFormat.Percent(1 - share)} of the traces of this load; whether of failed and slow requests was not looked at (visibility)",
                _ => $"{MetricColumnFormat.Percent(1 - share)} of the traces, failed and slow ones alike",
            });
        }

        if (arm.Health.SpansLostRatio is > 0)
        {
            words.Add($"{ArmHealthWording.Missing(arm)} spans lost");
        }

        if (analysis.Decision?.Arms.FirstOrDefault(entry => entry.Arm == arm.Name)?.DominatedBy is { } better)
        {
            words.Add($"Dominated by {DisplayText.Name(better)}, which costs less and keeps more");
        }

        return words;
    }

    private static string Share(ShareEstimate share) => share.Value is { } value ? MetricColumnFormat.Percent(value) : "–";
}

/// <summary>A column of the first screen's table.</summary>
/// <param name="Title">What it holds.</param>
/// <param name="Matters">From which change on it matters, as the practical threshold has it; null where nothing is compared.</param>
internal sealed record OverviewHeading(string Title, string? Matters);

/// <summary>An arm of the first screen's table.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Mark">The word that marks the baseline, or the arm that is nearest to the conditions where none is shown to meet them; null for others.</param>
/// <param name="Meaning">The arm's one-line meaning.</param>
/// <param name="Choice">The word that marks a recommended arm; null for others.</param>
/// <param name="IsBroken">Whether it did not do what it is measured for.</param>
/// <param name="Cells">One for each column.</param>
/// <param name="GivenUp">What one gives up with it, in a few words each.</param>
internal sealed record OverviewRow(string Arm, string? Mark, string Meaning, string? Choice, bool IsBroken, IReadOnlyList<OverviewCell> Cells, IReadOnlyList<string> GivenUp);

/// <summary>One metric of one arm.</summary>
/// <param name="Value">The change in the metric's unit; the value itself for the baseline and for what is not compared; null where not measured.</param>
/// <param name="Statement">What the interval shows; null where there is none.</param>
/// <param name="Bar">The interval as it is drawn; null where there is none.</param>
/// <param name="SortKey">What rows are sorted by; null sorts last.</param>
/// <param name="Percent">The change in percent of the baseline; null where there is none.</param>
internal sealed record OverviewCell(string? Value, IntervalStatement? Statement, IntervalBar? Bar, double? SortKey, string? Percent = null)
{
    /// <summary>Gets what stands in place of the value where there is none.</summary>
    public string Absence { get; init; } = MissingWording.InCell(null);
}

/// <summary>An interval on the scale of its column, from 0 at the left end to 1 at the right.</summary>
/// <param name="Low">Lower bound.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="High">Upper bound.</param>
/// <param name="Zero">No change.</param>
/// <param name="Threshold">The practical threshold, on the side of more.</param>
/// <param name="Budget">The change that the scenario allows (decide); null where it allows none, or one beyond the scale.</param>
internal sealed record IntervalBar(double Low, double Estimate, double High, double Zero, double Threshold, double? Budget);

/// <summary>A metric as a column of the first screen's table: one unit, one scale of bars.</summary>
internal sealed class OverviewColumn
{
    private readonly QuantityFormat _differences;
    private readonly QuantityFormat _values;
    private readonly double _least;
    private readonly double _most;

    public OverviewColumn(MetricId metric, RunAnalysis analysis)
    {
        Metric = metric;
        var unit = MetricCatalog.Get(metric).Unit;
        MetricComparison[] comparisons = [.. analysis.Arms.Where(arm => arm.Role != ArmRole.Control).Select(arm => MetricTables.Find(arm, metric)).OfType<MetricComparison>()];
        _values = QuantityFormat.ForColumn(unit, comparisons.Select(comparison => comparison.Value));
        _differences = QuantityFormat.ForColumn(unit, comparisons.Select(comparison => comparison.Difference?.Estimate));
        Matters = comparisons.FirstOrDefault(comparison => comparison.Ratio is not null) is { } compared ? $"matters beyond {MetricColumnFormat.Percent(compared.PracticalThreshold)}" : null;
        Interval[] ratios = [.. comparisons.Select(comparison => comparison.Ratio).OfType<Interval>()];
        _least = ratios.Select(ratio => ratio.Low).Append(0).Min();
        _most = ratios.Select(ratio => ratio.High).Append(comparisons.Select(comparison => comparison.PracticalThreshold).FirstOrDefault()).Max();
        DrawnBudget = ratios.Length == 0 ? null : (analysis.Plan.Decision?.ParseConditions() ?? [])
            .Where(condition => condition.Metric == metric && condition.Kind == DecisionLimit.Change && condition.Limit >= _least && condition.Limit <= _most)
            .MinBy(condition => condition.Limit);
    }

    /// <summary>Gets the metric.</summary>
    public MetricId Metric { get; }

    /// <summary>Gets from which change on it matters; null where nothing is compared.</summary>
    public string? Matters { get; }

    /// <summary>Gets the budget of the scenario that is drawn into the bars; null where there is none, or where it lies beyond the scale.</summary>
    public DecisionCondition? DrawnBudget { get; }

    /// <summary>Writes a cell.</summary>
    public OverviewCell Cell(ArmAnalysis arm)
    {
        if (MetricTables.Find(arm, Metric) is not { Value: { } value } comparison)
        {
            return new OverviewCell(null, null, null, null) { Absence = MissingWording.InCell(MetricTables.Find(arm, Metric)?.Missing) };
        }

        if (arm.Role == ArmRole.Baseline || comparison.Ratio is not { } ratio)
        {
            return new OverviewCell(_values.WithUnit(value), null, null, arm.Role == ArmRole.Baseline ? 0 : value);
        }

        var difference = comparison.Difference is { } change ? _differences.SignedWithUnit(change.Estimate) : _values.WithUnit(value);
        return new OverviewCell(difference, IntervalWording.Of(comparison), new IntervalBar(Place(ratio.Low), Place(ratio.Estimate), Place(ratio.High), Place(0), Place(comparison.PracticalThreshold), DrawnBudget is { } budget ? Place(budget.Limit) : null), ratio.Estimate, QuantityFormat.ForChanges([ratio]).SignedWithUnit(ratio.Estimate));
    }

    private double Place(double ratio) => _most > _least ? (ratio - _least) / (_most - _least) : 0.5;
}
