using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Terminal;

/// <summary>What a person sees of two runs side by side.</summary>
public sealed record RunComparisonSummary
{
    // More metrics than these would not fit a screen; the rest is in the reports of the two runs.
    private static readonly MetricId[] Shown = [MetricId.Cpu, MetricId.Allocation, MetricId.P50, MetricId.P99, MetricId.WorkingSet];

    private static readonly string[] Headers = ["Arm", "Metric", "First", "Second", "Second against first", "Verdict"];

    /// <summary>Gets what must be known before the numbers.</summary>
    public required IReadOnlyList<TerminalText> Notes { get; init; }

    /// <summary>Gets the tables; there is none of absolute numbers for different machines.</summary>
    public required IReadOnlyList<TerminalSection> Sections { get; init; }

    /// <summary>Composes the summary of a comparison.</summary>
    public static RunComparisonSummary Compose(RunComparison pair) => new()
    {
        Notes =
        [
            new(Clean($"First: {pair.First}. Second: {pair.Second}."), TerminalStyle.Strong),
            .. Machine(pair),
            .. RunComparisonWording.Compose(pair).Select(caution => new TerminalText(Clean(caution), TerminalStyle.Doubtful)),
        ],
        Sections =
        [
            Section("Change against the baseline of its own run", "What each arm costs, in the first and in the second run, and by how much that cost differs; ~ where the interval contains zero.", pair.Overheads, isRatio: true),
            .. pair.Values.Count > 0
                ? [Section("Absolute numbers", "Per request. Two runs at different times also differ by what the machine did in between, which no control shows.", pair.Values, isRatio: false)]
                : Array.Empty<TerminalSection>(),
        ],
    };

    /// <summary>Says what came of a condition.</summary>
    public static TerminalText Compose(RunConditionResult result)
    {
        var what = $"{MetricCatalog.Get(((ThresholdQuantity.Overhead)result.Condition.Quantity).Metric).InSentence} of {(result.Arm is { } arm ? DisplayText.Name(arm) : "any arm")}";
        var condition = result.Condition.Text;
        return result switch
        {
            { Change: null } => new(Clean($"NOT {condition} cannot be judged: {what} was not measured in both, and what is missing does not pass."), TerminalStyle.Bad),
            { IsFaulty: true } => new(Clean($"NOT {condition} cannot be judged: {what} is not that of an arm that did its work. In one of the runs it, or its baseline, has a fault; see that run's report."), TerminalStyle.Bad),
            { Outcome: ThresholdOutcome.Violated } => new(Clean($"NOT {condition} holds: {what} changed by {RunComparisonWording.Change(result.Change)}."), TerminalStyle.Bad),
            { Outcome: ThresholdOutcome.Proven } => new(Clean($"ok  {condition} does not hold: {what} changed by {RunComparisonWording.Change(result.Change)}."), TerminalStyle.Good),
            _ => new(Clean($"?   {condition} is not decided: {what} changed by {RunComparisonWording.Change(result.Change)}{ThresholdWording.Obstacle(result.Obstacle)}."), TerminalStyle.Doubtful),
        };
    }

    private static IEnumerable<TerminalText> Machine(RunComparison pair)
    {
        if (pair.MachineDifferences.Count > 0)
        {
            yield return new TerminalText(
                Clean($"The runs are of different machines ({string.Join("; ", pair.MachineDifferences)}): absolute numbers are not compared. Changes against the own baseline are, and even these depend somewhat on the machine."),
                TerminalStyle.Bad);
        }
    }

    private static TerminalSection Section(string title, string lead, IReadOnlyList<MetricChange> pairs, bool isRatio) => new(
        title,
        lead,
        Headers,
        [.. pairs.Where(pair => Shown.Contains(pair.Metric)).Select(pair => Row(pair, isRatio))],
        WordColumns: []);

    private static IReadOnlyList<string> Row(MetricChange pair, bool isRatio)
    {
        var changes = QuantityFormat.ForChanges([pair.Change]);
        var values = isRatio ? changes : QuantityFormat.ForColumn(MetricCatalog.Get(pair.Metric).Unit, [pair.First.Estimate, pair.Second.Estimate]);
        return
        [
            Clean(pair.Arm),
            MetricCatalog.Get(pair.Metric).Key,
            Clean(isRatio ? values.SignedWithUnit(pair.First.Estimate) : values.WithUnit(pair.First.Estimate)),
            Clean(isRatio ? values.SignedWithUnit(pair.Second.Estimate) : values.WithUnit(pair.Second.Estimate)),
            Clean(RunComparisonWording.Change(pair.Change)),
            VerdictLabel.For(pair).InSentence + (pair.Verdict == Verdict.Same ? $" within {Clean(MetricColumnFormat.Percent(pair.PracticalThreshold))}" : string.Empty),
        ];
    }

    private static string Clean(string text) => DisplayText.ForTerminal(text);
}
