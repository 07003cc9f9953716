using PerfLab.Analysis.Gates;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Bench.Gates;

/// <summary>What <c>bench gate</c> does.</summary>
public sealed record GateBenchOptions
{
    /// <summary>Gets what blocks; the arms and thresholds are those of the run.</summary>
    public required GatePolicy Policy { get; init; }

    /// <summary>Gets how many nights are drawn for each head, at least one.</summary>
    public required int Nights { get; init; }

    /// <summary>Gets how many launch sets a night has, and its second look again; null for as many as the run has room for, at most twelve.</summary>
    public required int? LaunchSetsOfNight { get; init; }
}

/// <summary>
/// How often the nightly gate is right: nights of which the truth is known, drawn from the launch sets of one long run. Each night
/// has launch sets of its own for its first look and others for the second, drawn without repetition, and is judged as any night is.
/// </summary>
public static class GateBench
{
    /// <summary>The seed of all draws.</summary>
    public const ulong Seed = 20261130;

    // A night of half an hour has about as many.
    private const int MostLaunchSets = 12;

    private static readonly MetricId[] s_metrics = [MetricId.Cpu, MetricId.Allocation];

    /// <summary>Draws and judges the nights; the goals are not judged yet. The same run and options give the same record, but for its time.</summary>
    /// <param name="manifest">Where and with what the run was made.</param>
    /// <param name="plan">Its plan: a baseline, its control, and a head in every other arm.</param>
    /// <param name="launches">Its launch sets that count.</param>
    /// <param name="options">What to do.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InvalidDataException">There are not enough launch sets for two looks, or no head.</exception>
    public static GateBenchRecord Draw(Manifest manifest, Plan plan, IReadOnlyList<LaunchRecord> launches, GateBenchOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(launches);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var each = options.LaunchSetsOfNight ?? Math.Min(MostLaunchSets, launches.Count / 2);
        var baseline = plan.Arms.Single(arm => arm.Role == ArmRole.Baseline);
        PlannedArm[] heads = [.. plan.Arms.Where(arm => arm.Role == ArmRole.Variant)];
        if (each < Statistics.SignedRankInterval.SmallestCount() || launches.Count < 2 * each || heads.Length == 0)
        {
            throw new InvalidDataException($"{manifest.RunId} has {launches.Count} launch sets and {heads.Length} arms beside its baseline (bench gate). A night needs {Statistics.SignedRankInterval.SmallestCount()} launch sets, twice, and a head: give the run a longer budget, or draw shorter nights.");
        }

        return new GateBenchRecord
        {
            FormatVersion = GateBenchRecord.CurrentFormatVersion,
            Started = time.GetUtcNow(),
            Machine = manifest.Machine,
            Source = new DrawnRun(manifest.RunId, launches.Count),
            LaunchSetsOfNight = each,
            Nights = options.Nights,
            Heads = [.. heads.Select(head => OfHead(new NightSource(manifest, plan, launches, baseline, head), each, options))],
            Goals = [],
        };
    }

    private static DrawnHead OfHead(NightSource source, int each, GateBenchOptions options)
    {
        var policy = options.Policy with
        {
            Arms = [source.Head.Name],
            Metrics = [.. options.Policy.Metrics.Where(metric => s_metrics.Contains(metric.Metric)).Select(metric => metric with { Threshold = source.Plan.PracticalThresholds[metric.Metric] })],
        };
        var random = new SeededGenerator(Seed);
        GateResult[] nights = [.. Enumerable.Range(0, options.Nights).Select(_ => Night(policy, source, random.Permutation(source.Launches.Count), each))];
        var whole = source.Read([.. source.Launches]);
        return new DrawnHead(source.Head.Name, !SameEnvironment(source.Baseline, source.Head),
        [
            .. policy.Metrics.Select(metric => new DrawnMetric(
                metric.Metric,
                metric.Threshold,
                whole.Pairs[0].Comparisons.Single(comparison => comparison.Metric == metric.Metric).Ratio is { } ratio ? new BenchInterval(ratio.Estimate, ratio.Low, ratio.High) : null,
                Of(metric.Metric).CountBy(judged => judged.Outcome).ToDictionary(),
                Of(metric.Metric).Count(judged => judged.Blocks))),
        ]);

        IEnumerable<GateMetricResult> Of(MetricId metric) => nights.SelectMany(night => night.Metrics).Where(judged => judged.Metric == metric);
    }

    private static GateResult Night(GatePolicy policy, NightSource source, int[] order, int each)
    {
        var first = source.Read([.. order[..each].Select(index => source.Launches[index])]);
        var again = Gate.Suspects(policy, first).Count > 0 ? source.Read([.. order[each..(2 * each)].Select(index => source.Launches[index])]) : null;
        return Gate.Judge(policy, new GateEvidence { End = NightEnd.Completed, First = first, Confirmation = again, History = [] });
    }

    private static bool SameEnvironment(PlannedArm one, PlannedArm other) =>
        one.Environment.Count == other.Environment.Count && one.Environment.All(pair => other.Environment.TryGetValue(pair.Key, out var value) && value == pair.Value);

    // A night as if only baseline, control and this head had been measured.
    private sealed record NightSource(Manifest Manifest, Plan Plan, IReadOnlyList<LaunchRecord> Launches, PlannedArm Baseline, PlannedArm Head)
    {
        public GateRun Read(LaunchRecord[] drawn)
        {
            LaunchRecord[] launches = [.. drawn.OrderBy(launch => launch.Number).Select((launch, index) => launch with { Number = index + 1 })];
            var plan = Plan with
            {
                Arms = [.. Plan.Arms.Where(arm => arm.Role != ArmRole.Variant || arm.Name == Head.Name)],
                LaunchSets = launches.Length,
                Looks = [],
            };
            return GateRun.Of(RunAnalyzer.Analyze(Manifest, plan, launches, voided: [], outcome: null), launches, [new GatePair(Head.Name, Baseline.Name, Head.Name)]);
        }
    }
}
