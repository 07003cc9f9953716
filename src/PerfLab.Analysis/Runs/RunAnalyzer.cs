using PerfLab.Analysis.Calibration;
using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Noise;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Traces;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Runs;

/// <summary>
/// Turns the raw results of a run into its analysis. A pure function: no clock, no files, no culture; the same input gives
/// the same output, to the last bit. Costs are totals over requests within a launch set, one number per arm and launch set;
/// changes are Hodges-Lehmann estimates over launch sets with exact signed-rank intervals; see <c>docs/statistics.md</c>.
/// </summary>
public static class RunAnalyzer
{
    /// <summary>Analyses a run, finished or not.</summary>
    /// <param name="manifest">Where and with what it was made.</param>
    /// <param name="plan">Its plan, with exactly one baseline.</param>
    /// <param name="valid">Launch sets that count, in any order; one that carries an Invalid finding is counted as voided.</param>
    /// <param name="voided">Launch sets that do not count.</param>
    /// <param name="outcome">How it ended; null when it was interrupted.</param>
    /// <param name="noise">The machine's noise profile as it was when the run began; null when there was none.</param>
    /// <exception cref="ArgumentException">The plan has no baseline or several, or two arms of one name.</exception>
    /// <exception cref="ThresholdSyntaxException">A threshold of the plan is none.</exception>
    public static RunAnalysis Analyze(
        Manifest manifest,
        Plan plan,
        IReadOnlyList<LaunchRecord> valid,
        IReadOnlyList<LaunchRecord> voided,
        RunOutcome? outcome,
        NoiseProfile? noise = null)
    {
        var baseline = Baseline(plan);
        LaunchRecord[] launches = [.. valid.Where(launch => launch.IsValid).OrderBy(launch => launch.Number)];
        LaunchRecord[] excluded = [.. voided.Concat(valid.Where(launch => !launch.IsValid)).OrderBy(launch => launch.Number)];
        var comparisons = plan.Target.Metrics.ToDictionary(
            metric => metric.Id,
            metric => MetricComparer.Compare(metric, plan, baseline, launches));
        ArmAnalysis[] arms = [.. plan.Arms.Select(arm => Arm(plan, arm, baseline, launches, comparisons))];
        var measuredNoise = NoiseAnalyzer.Measure(manifest, plan, launches);
        var analysis = new RunAnalysis
        {
            Manifest = manifest,
            Plan = plan,
            Trust = TrustJudge.Judge(IsDecidedEarly(outcome, launches.Length, plan) ? plan with { LaunchSets = launches.Length } : plan, baseline, launches, comparisons),
            LaunchSets = launches.Length,
            VoidedLaunchSets = excluded.Length,
            Completed = outcome is { Completed: true },
            Arms = arms,
            Levels = LoadLevelAnalyzer.Of(plan, baseline, launches),
            ClosedLoop = LoadLevelAnalyzer.InClosedLoop(plan, baseline, launches),
            Findings =
            [
                .. RunFindings.Ending(plan, launches.Length, outcome),
                .. RunFindings.Multiplicity(plan, launches.Length),
                .. RunFindings.Sizing(plan, arms),
                .. RunFindings.Missing(arms, launches.Length),
                .. RunFindings.ArmFaults(arms),
                .. CheaperFindings.Of(plan, arms),
                .. LaunchFindings.Gather(launches).Select(finding => LaunchFindings.ByHealth(finding, arms)),
                .. LaunchFindings.Voided(excluded),
                .. OutlierFindings.Of(arms, arms.Single(arm => arm.Role == ArmRole.Baseline), launches),
                .. ExportFindings.Of(plan, arms),
                .. PersonalDataFindings.Of(arms),
                .. DiagnosticFindings.Of(plan, launches),
                .. UtilizationFindings.Of(plan, arms),
                .. RunFindings.Scarcity(manifest),
                .. RunFindings.Platform(manifest),
            ],
            Thresholds = new RunThresholds([]),
            MachineNoise = NoiseReader.Read(manifest, plan, launches.Length, measuredNoise ?? noise),
            MeasuredNoise = measuredNoise,
            Calibration = CalibrationAnalyzer.Measure(plan, baseline, launches),
            Visibility = TraceRetentionAnalyzer.Measure(plan, launches),
        };
        var basis = new DecisionBasis(plan, analysis.LaunchSets, analysis.Trust.Level, arms, analysis.Visibility);
        var decision = Recommender.Decide(basis);
        return analysis with
        {
            Thresholds = RunThresholdJudge.Judge([.. plan.Thresholds.Select(Threshold.Parse)], analysis),
            Decision = decision,
            Month = MonthEstimator.Of(basis, decision),
        };
    }

    // A run that ended because everything was decided lacks nothing.
    private static bool IsDecidedEarly(RunOutcome? outcome, int launchSets, Plan plan) =>
        outcome is { Completed: true } && plan.Looks.Contains(launchSets) && launchSets < plan.LaunchSets;

    private static PlannedArm Baseline(Plan plan)
    {
        PlannedArm[] baselines = [.. plan.Arms.Where(arm => arm.Role == ArmRole.Baseline)];
        if (baselines.Length != 1)
        {
            throw new ArgumentException(
                $"The plan of scenario {plan.Scenario} has {baselines.Length} baseline arms. Name a run folder whose plan.json has exactly one.",
                nameof(plan));
        }

        return plan.Arms.DistinctBy(arm => arm.Name, StringComparer.Ordinal).Count() == plan.Arms.Count
            ? baselines[0]
            : throw new ArgumentException($"Two arms of scenario {plan.Scenario} have the same name. Rename one of them.", nameof(plan));
    }

    private static ArmAnalysis Arm(
        Plan plan,
        PlannedArm arm,
        PlannedArm baseline,
        LaunchRecord[] launches,
        Dictionary<MetricId, IReadOnlyDictionary<string, MetricComparison>> comparisons) => new()
        {
            Name = arm.Name,
            Meaning = arm.Meaning,
            Role = arm.Role,
            Metrics = [.. plan.Target.Metrics.Select(metric => comparisons[metric.Id][arm.Name])],
            Requests = RequestSamples.Of(arm.Name, launches),
            LatencyCurve = LatencyCurve.Of(arm.Name, launches),
            Health = ArmHealthAnalyzer.Of(plan, arm, baseline, launches),
            Spans = LedgerTotal.Of(plan, arm, launches),
            TailKeptRatio = LedgerTotal.TailKeptRatio(arm, launches),
            BackEnd = FaultPhaseAnalyzer.Of(arm, launches),
            Traces = TraceSummaries.Of(arm.Name, launches),
            Log = LogVolume.Sum(ArmRecords.Of(arm.Name, launches).Select(record => record.Log)),
            Programs = ProgramCost.Of([.. ArmRecords.Of(arm.Name, launches)]),
            SpanLosses = LedgerTotal.Losses(plan, arm, launches),
        };
}
