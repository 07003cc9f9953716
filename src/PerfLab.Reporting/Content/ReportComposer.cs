using PerfLab.Analysis;
using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Content;

/// <summary>Composes a report's content from what a run left behind.</summary>
internal static class ReportComposer
{
    /// <summary>Composes the content; a missing outcome means that the run was interrupted.</summary>
    /// <param name="analysis">What the numbers say.</param>
    /// <param name="outcome">How the run ended.</param>
    /// <param name="traceUi">Where shown traces can be looked at; null links none.</param>
    /// <param name="options">What the command that writes the report again needs behind the run, with a blank before each.</param>
    public static ReportContent Compose(RunAnalysis analysis, RunOutcome? outcome, TraceUi? traceUi = null, string options = "") => new()
    {
        RunId = analysis.Manifest.RunId,
        Scenario = analysis.Plan.Scenario,
        Question = analysis.Plan.Question,
        Headline = Headline(analysis),
        Decision = RecommendationWording.Label(analysis),
        WithoutConditions = RecommendationWording.WithoutConditions(analysis),
        WhatWouldChangeIt = RecommendationWording.WhatWouldChangeIt(analysis),
        Overview = ArmOverview.Compose(analysis),
        TrustLabel = TrustLabel.For(analysis.Trust.Level),
        TrustBasis = TrustWording.Basis(analysis.Trust),
        TrustSentence = TrustWording.Sentence(analysis.Trust),
        TrustReasons = [.. TrustWording.Reasons(analysis.Trust), .. ArmHealthWording.Spans(analysis)],
        Interruption = Interruption(analysis, outcome),
        Control = ControlLines(analysis),
        KeyFacts = RunFacts.Compose(analysis, outcome),
        Thresholds = ThresholdWording.Compose(analysis.Thresholds),
        Extra = ExtraSections(analysis),
        Traces = [.. Ledger(analysis), .. TraceSections.Compose(analysis, traceUi)],
        Noise = MachineNoiseWording.Compose(analysis.MachineNoise),
        Answers = [.. analysis.Arms.Select(arm => Answer(arm, analysis))],
        Tables = MetricTables.Build(analysis),
        Details = [.. DetailTables.Build(analysis), .. DetailTables.Programs(analysis) is { } programs ? [programs] : Array.Empty<DetailTable>(), .. RequestTables.Build(analysis)],
        Findings = [.. analysis.Findings.OrderByDescending(finding => finding.Severity)],
        Method = MethodWording.Compose(analysis),
        Verdicts = VerdictGuide.Compose(),
        Machine = MachineFacts.Compose(analysis.Manifest, analysis.Plan),
        RuntimeKnobs = Variables(analysis.Manifest.RuntimeKnobs),
        ArmSettings = [.. analysis.Plan.Arms.Select(arm => new Fact(arm.Name, string.Join("\n", [.. Program(arm), .. Variables(arm.Environment).Select(pair => $"{pair.Name}={pair.Value}")])))],
        NotMeasured = NotMeasured(analysis),
        RebuildCommand = $"{StartCommand.Name} report {analysis.Manifest.RunId}{options}{(traceUi is null ? string.Empty : $" --trace-ui {ShellWords.Quote(traceUi.Template)}")}",
    };

    /// <summary>Says the most important thing of a run in one sentence.</summary>
    public static string Headline(RunAnalysis analysis) => analysis.Trust.Level switch
    {
        TrustLevel.Untrusted => "This run decides nothing: its numbers cannot be trusted.",
        TrustLevel.Undecided => $"Too early to tell: {DisplayText.Counted(analysis.LaunchSets, "launch set")} of {DisplayText.Count(analysis.Plan.LaunchSets)} planned.",
        _ => ArmHealthWording.BrokenBaseline(analysis) ?? RecommendationWording.Sentence(analysis) ?? (FaultWording.Headline(analysis) ?? OverheadWording.For(MetricId.Cpu, analysis)) + "." + ArmHealthWording.BrokenVariants(analysis),
    };

    /// <summary>Composes the sections that only some runs have.</summary>
    public static IReadOnlyList<ReportSection> ExtraSections(RunAnalysis analysis) =>
    [
        .. LoadLevelSection.Compose(analysis) is { } levels ? [levels] : Array.Empty<ReportSection>(),
        .. ClosedLoopSection.Compose(analysis) is { } loop ? [loop] : Array.Empty<ReportSection>(),
        .. MonthSections.Compose(analysis),
        .. analysis.Visibility is { } visibility ? [TraceRetentionSection.Kept(visibility, analysis), TraceRetentionSection.Alerts(visibility)] : Array.Empty<ReportSection>(),
        .. FaultSection.Compose(analysis) is { } backEnds ? [backEnds] : Array.Empty<ReportSection>(),
        .. analysis.MeasuredNoise is { } noise ? [NoiseSection.Compose(noise)] : Array.Empty<ReportSection>(),
        .. analysis.Calibration.Count > 0 ? [CalibrationSection.Slopes(analysis.Calibration), CalibrationSection.Sizes(analysis.Calibration)] : Array.Empty<ReportSection>(),
    ];

    private static IReadOnlyList<ReportSection> Ledger(RunAnalysis analysis) =>
        analysis.Arms.Any(arm => arm.Spans is { ReceivedCount: > 0 } or { SampledCount: > 0 }) ? [LedgerSection.Compose(analysis)] : [];

    private static string? Interruption(RunAnalysis analysis, RunOutcome? outcome)
    {
        if (analysis.Completed)
        {
            return null;
        }

        var reached = $"{DisplayText.Count(analysis.LaunchSets)} of {DisplayText.Counted(analysis.Plan.LaunchSets, "planned launch set")} were completed";
        var reason = outcome is null ? "The run was interrupted before it could say why." : outcome.Reason ?? "The run did not say why.";
        return $"This run ended before its plan: {reached}. {reason}";
    }

    private static IReadOnlyList<ControlLine> ControlLines(RunAnalysis analysis)
    {
        var control = analysis.Arms.FirstOrDefault(arm => arm.Role == ArmRole.Control);
        return control is null
            ? []
            : [.. MetricCatalog.All.Where(metric => metric.IsPrimary && !MetricAvailability.IsAbsent(metric.Id, analysis.Arms)).Select(metric => ControlLineFor(metric, control, analysis))];
    }

    private static ControlLine ControlLineFor(MetricDefinition metric, ArmAnalysis control, RunAnalysis analysis)
    {
        var comparison = MetricTables.Find(control, metric.Id);
        var format = new MetricColumnFormat(metric, analysis);
        return new ControlLine(
            metric.Title,
            format.Change(comparison?.Ratio),
            format.ChangeRange(comparison?.Ratio),
            "±" + MetricColumnFormat.Percent(comparison?.PracticalThreshold ?? metric.PracticalThreshold),
            comparison is null ? VerdictLabel.For(metric.Id, Verdict.Invalid, ratio: null) : VerdictLabel.For(comparison));
    }

    private static ArmAnswer Answer(ArmAnalysis arm, RunAnalysis analysis) => new(
        arm.Name,
        ArmLabel.For(arm.Role),
        arm.Meaning,
        ArmHealthWording.Answer(arm, analysis),
        [.. analysis.Findings.Where(finding => finding.Severity >= FindingSeverity.Warning && finding.Code != RunFindings.ArmFault && string.Equals(finding.Subject, arm.Name, StringComparison.Ordinal))]);

    private static IReadOnlyList<Fact> Variables(IReadOnlyDictionary<string, string> variables) =>
        [.. variables.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Fact(pair.Key, pair.Value))];

    private static IEnumerable<string> Program(PlannedArm arm) =>
    [
        .. arm.Program?.Command is { } command ? [$"command: {string.Join(' ', command)}"] : Array.Empty<string>(),
        .. arm.Program?.Directory is { } directory ? [$"directory: {directory}"] : Array.Empty<string>(),
    ];

    private static IReadOnlyList<string> NotMeasured(RunAnalysis analysis)
    {
        var metrics =
            from arm in analysis.Arms
            from comparison in arm.Metrics
            where comparison.Value is null && comparison.Missing is not null
            group arm.Name by (Metric: comparison.Metric, Missing: comparison.Missing!) into gap
            let arms = gap.Count() == analysis.Arms.Count ? string.Empty : $" ({string.Join(", ", gap)})"
            let why = MetricAvailability.IsAbsent(gap.Key.Metric, analysis.Arms) ? MissingWording.NotAvailable(gap.Key.Metric, gap.Key.Missing) : MissingWording.Of(gap.Key.Metric, gap.Key.Missing)
            select $"{MetricCatalog.Get(gap.Key.Metric).Title}{arms}: {why}";
        return [.. analysis.Manifest.NotMeasured, .. metrics];
    }
}
