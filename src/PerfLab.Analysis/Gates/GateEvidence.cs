using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Gates;

/// <summary>Everything that the gate judges by.</summary>
public sealed record GateEvidence
{
    /// <summary>Gets how the night ended.</summary>
    public required NightEnd End { get; init; }

    /// <summary>Gets the run of all arms; null where the night ended before it measured anything.</summary>
    public required GateRun? First { get; init; }

    /// <summary>Gets the run that measured the suspects again, in fresh launch sets; null where there was no suspect, or it was not run.</summary>
    public required GateRun? Confirmation { get; init; }

    /// <summary>Gets the earlier nights of this environment.</summary>
    public required IReadOnlyList<HistoryEntry> History { get; init; }
}

/// <summary>What a run says of head against baseline.</summary>
public sealed record GateRun
{
    /// <summary>Gets the run's name.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the machine that it was made on.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the trust in it.</summary>
    public required TrustLevel Trust { get; init; }

    /// <summary>Gets the launch sets that count.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the arms of the policy that it measured.</summary>
    public required IReadOnlyList<PairEvidence> Pairs { get; init; }

    /// <summary>Gets what each further arm costs against the first, both from the head's build: what tracing costs tonight. It is kept and not judged.</summary>
    public IReadOnlyList<PairEvidence> Overheads { get; init; } = [];

    /// <summary>Gets the A/A pair: the control against the baseline, every metric of the target.</summary>
    public required IReadOnlyList<MetricComparison> Control { get; init; }

    /// <summary>Reads a run. A pure function.</summary>
    /// <param name="analysis">The run.</param>
    /// <param name="launches">Its launch sets that count.</param>
    /// <param name="pairs">The pairs that it should hold.</param>
    public static GateRun Of(RunAnalysis analysis, IReadOnlyList<LaunchRecord> launches, IReadOnlyList<GatePair> pairs)
    {
        LaunchRecord[] counted = [.. launches.Where(launch => launch.IsValid).OrderBy(launch => launch.Number)];
        return new GateRun
        {
            RunId = analysis.Manifest.RunId,
            Machine = analysis.Manifest.Machine,
            Trust = analysis.Trust.Level,
            LaunchSets = analysis.LaunchSets,
            Control = analysis.Arms.FirstOrDefault(arm => arm.Role == ArmRole.Control)?.Metrics ?? [],
            Pairs = [.. pairs.Select(pair => PairEvidence.Of(analysis, counted, pair))],
            Overheads = [.. pairs.Skip(1).Select(pair => PairEvidence.Of(analysis, counted, pair with { Baseline = pairs[0].Head }))],
        };
    }
}

/// <summary>What a run says of one arm of the policy.</summary>
/// <param name="Arm">The arm of the policy.</param>
/// <param name="MissingArm">The arm of the run that is not there; null where both are.</param>
/// <param name="Fault">What one of the two did wrong; null where nothing.</param>
/// <param name="Comparisons">Head against baseline, one comparison for every metric of the target; empty where an arm is missing.</param>
public sealed record PairEvidence(string Arm, string? MissingArm, FaultyArm? Fault, IReadOnlyList<MetricComparison> Comparisons)
{
    // The pair is judged as a run of two arms would be: one question, so that nothing is adjusted for the other pairs. What
    // keeps the whole gate from alarming by chance is that a suspect is measured again.
    internal static PairEvidence Of(RunAnalysis analysis, IReadOnlyList<LaunchRecord> launches, GatePair pair)
    {
        var plan = analysis.Plan;
        var baseline = plan.Arms.FirstOrDefault(arm => arm.Name == pair.Baseline);
        var head = plan.Arms.FirstOrDefault(arm => arm.Name == pair.Head);
        if (baseline is null || head is null)
        {
            return new PairEvidence(pair.Arm, baseline is null ? pair.Baseline : pair.Head, Fault: null, []);
        }

        baseline = baseline with { Role = ArmRole.Baseline };
        var pairPlan = plan with { Arms = [baseline, head with { Role = ArmRole.Variant }], Looks = [] };
        return new PairEvidence(
            pair.Arm,
            MissingArm: null,
            FaultOf(analysis, pair),
            [.. plan.Target.Metrics.Select(metric => MetricComparer.Compare(metric, pairPlan, baseline, launches)[pair.Head])]);
    }

    private static FaultyArm? FaultOf(RunAnalysis analysis, GatePair pair) => (
        from name in new[] { pair.Baseline, pair.Head }
        from arm in analysis.Arms
        where arm.Name == name
        from fault in arm.Health.Faults
        select new FaultyArm(name, arm.Health.State, fault)).FirstOrDefault();
}

/// <summary>An arm that did not do what it is measured for.</summary>
/// <param name="Arm">The arm's name in the run.</param>
/// <param name="State">How far its figures can be used.</param>
/// <param name="Fault">What it did.</param>
public sealed record FaultyArm(string Arm, ArmState State, ArmFault Fault);
