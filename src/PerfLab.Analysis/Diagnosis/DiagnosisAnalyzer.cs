using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Diagnosis;

/// <summary>From sampled stacks to what belongs to tracing, which methods weigh most, and what differs between two arms. Pure.</summary>
public static class DiagnosisAnalyzer
{
    // More rows than anybody reads; the flame graph has them all.
    private const int MostFrames = 100;
    private const int MostDifferences = 60;
    private const int MostSites = 50;

    /// <summary>Analyzes the stacks of an arm.</summary>
    /// <param name="load">How it was loaded.</param>
    /// <param name="profile">Its stacks.</param>
    public static ArmDiagnosis Analyze(DiagnosisLoad load, ArmProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new ArmDiagnosis
        {
            Load = load,
            Cpu = Sum(profile.Cpu),
            WaitingSampleCount = profile.WaitingSampleCount,
            RunningSeconds = profile.RoundCount == 0 ? null : profile.Cpu.Weight * load.Seconds / profile.RoundCount,
            Allocation = profile.Allocation.SampleCount == 0 ? null : Sum(profile.Allocation),
            AllocationSites = Sites(profile.Allocation),
            LostEventCount = profile.LostEventCount,
        };
    }

    /// <summary>Sets two arms side by side, method by method.</summary>
    /// <param name="first">Load and stacks of the one.</param>
    /// <param name="second">Load and stacks of the other.</param>
    /// <returns>Those first whose share differs most beyond its interval, then the others by samples per request.</returns>
    public static IReadOnlyList<FrameDifference> Compare((DiagnosisLoad Load, StackProfile Cpu) first, (DiagnosisLoad Load, StackProfile Cpu) second)
    {
        var (before, after) = (WeightsOf(first.Cpu), WeightsOf(second.Cpu));
        var (seconds, secondsAfter) = (SecondsOf(first.Cpu), SecondsOf(second.Cpu));
        return
        [
            .. before.Keys.Union(after.Keys)
                .Select(frame => (Frame: frame, Before: before.GetValueOrDefault(frame), After: after.GetValueOrDefault(frame)))
                .Select(pair => new FrameDifference(pair.Frame.Name, pair.Frame.Module, TracingFrames.IsTracing(pair.Frame), Side(pair.Before, first), Side(pair.After, second))
                {
                    InclusiveRatio = Difference(ShareOf(pair.Before?.InclusiveBySecond, seconds), ShareOf(pair.After?.InclusiveBySecond, secondsAfter)),
                })
                .OrderByDescending(difference => difference.InclusiveRatio is { } ratio ? Math.Max(ratio.Low, -ratio.High) is var beyond and > 0 ? beyond : 0 : 0)
                .ThenByDescending(difference => Math.Abs(difference.SamplesPerRequest))
                .ThenBy(difference => difference.Name, StringComparer.Ordinal)
                .Take(MostDifferences),
        ];
    }

    /// <summary>Gets the share of a profile's weight in the stacks that are meant, with its interval; null without two seconds of samples.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="isMeant">Which stacks.</param>
    public static SampleShare? ShareOf(StackProfile profile, Func<ProfiledStack, bool> isMeant)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return ShareOf(SecondsOf(new StackProfile([.. profile.Stacks.Where(isMeant)], 0)), SecondsOf(profile));
    }

    private static SampleShare? ShareOf(Dictionary<int, double>? parts, Dictionary<int, double> wholes)
    {
        if (wholes.Count < BlockRatio.FewestBlocks)
        {
            return null;
        }

        var (ratio, low, high) = BlockRatio.Of([.. wholes.Select(second => (parts?.GetValueOrDefault(second.Key) ?? 0, second.Value))]);
        return new SampleShare(ratio, Math.Clamp(low, 0, ratio), Math.Clamp(high, ratio, 1), wholes.Count);
    }

    private static SampleShare? Difference(SampleShare? before, SampleShare? after)
    {
        if (before is null || after is null)
        {
            return null;
        }

        var (value, low, high) = DifferenceInterval.Of((before.Ratio, before.Low, before.High), (after.Ratio, after.Low, after.High));
        return new SampleShare(value, low, high, Math.Min(before.Seconds, after.Seconds));
    }

    private static Dictionary<int, double> SecondsOf(StackProfile profile)
    {
        var seconds = new Dictionary<int, double>();
        foreach (var (second, weight) in profile.Stacks.SelectMany(stack => stack.WeightBySecond))
        {
            seconds[second] = seconds.GetValueOrDefault(second) + weight;
        }

        return seconds;
    }

    private static SampledStacks Sum(StackProfile profile)
    {
        var frames = WeightsOf(profile).Select(frame => new FrameWeight
        {
            Name = frame.Key.Name,
            Module = frame.Key.Module,
            IsTracing = TracingFrames.IsTracing(frame.Key),
            Self = frame.Value.Self,
            Inclusive = frame.Value.InclusiveBySecond.Values.Sum(),
        }).ToArray();
        return new SampledStacks
        {
            SampleCount = profile.SampleCount,
            Weight = profile.Weight,
            Tracing = ShareOf(profile, stack => stack.IsTracing),
            Frames = [.. Largest(frame => frame.Inclusive).Union(Largest(frame => frame.Self))],
        };

        IEnumerable<FrameWeight> Largest(Func<FrameWeight, double> weight) =>
            frames.OrderByDescending(weight).ThenBy(frame => frame.Name, StringComparer.Ordinal).Take(MostFrames);
    }

    private static Dictionary<ProfileFrame, FrameSum> WeightsOf(StackProfile profile)
    {
        var weights = new Dictionary<ProfileFrame, FrameSum>();
        foreach (var stack in profile.Stacks)
        {
            foreach (var frame in stack.Frames.Distinct())
            {
                if (!weights.TryGetValue(frame, out var sum))
                {
                    weights.Add(frame, sum = new FrameSum());
                }

                sum.Add(stack, endsHere: frame == stack.Frames[^1]);
            }
        }

        return weights;
    }

    private static IReadOnlyList<AllocationSite> Sites(StackProfile profile) =>
    [
        .. profile.Stacks.GroupBy(stack => (Type: stack.Frames[^1].Name, Method: SiteOf(stack.Frames), stack.IsTracing))
            .Select(site => new AllocationSite(site.Key.Type, site.Key.Method, site.Key.IsTracing, site.Sum(stack => stack.Weight)))
            .OrderByDescending(site => site.Bytes).ThenBy(site => site.Type, StringComparer.Ordinal).ThenBy(site => site.Method, StringComparer.Ordinal)
            .Take(MostSites),
    ];

    private static string SiteOf(IReadOnlyList<ProfileFrame> frames)
    {
        ProfileFrame[] methods = [.. frames.SkipLast(1).Reverse()];
        return methods.FirstOrDefault(frame => frame.Module != "System.Private.CoreLib", methods.FirstOrDefault()).Name ?? "?";
    }

    private static FrameSide Side(FrameSum? sum, (DiagnosisLoad Load, StackProfile Cpu) arm) =>
        new(sum?.InclusiveBySecond.Values.Sum() ?? 0, arm.Cpu.Weight, arm.Load.AnsweredCount);

    /// <summary>The weight of a method while stacks are added up.</summary>
    private sealed class FrameSum
    {
        public double Self { get; private set; }

        public Dictionary<int, double> InclusiveBySecond { get; } = [];

        public void Add(ProfiledStack stack, bool endsHere)
        {
            Self += endsHere ? stack.Weight : 0;
            foreach (var (second, weight) in stack.WeightBySecond)
            {
                InclusiveBySecond[second] = InclusiveBySecond.GetValueOrDefault(second) + weight;
            }
        }
    }
}

/// <summary>A method in two arms.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Module">The name of its assembly.</param>
/// <param name="IsTracing">Whether it belongs to tracing.</param>
/// <param name="First">What it weighs in the first arm.</param>
/// <param name="Second">What it weighs in the second.</param>
public sealed record FrameDifference(string Name, string Module, bool IsTracing, FrameSide First, FrameSide Second)
{
    /// <summary>Gets the difference of its share, with what it calls, second less first; null where one has no interval.</summary>
    public SampleShare? InclusiveRatio { get; init; }

    /// <summary>Gets the difference of its samples per request, with what it calls, second less first.</summary>
    public double SamplesPerRequest => Second.InclusivePerRequest - First.InclusivePerRequest;
}

/// <summary>What a method weighs in one arm.</summary>
/// <param name="Inclusive">Samples that it is in.</param>
/// <param name="Total">All samples of the arm.</param>
/// <param name="RequestCount">Requests answered meanwhile.</param>
public sealed record FrameSide(double Inclusive, double Total, long RequestCount)
{
    /// <summary>Gets the samples per request that it is in; 0 without requests.</summary>
    public double InclusivePerRequest => RequestCount == 0 ? 0 : Inclusive / RequestCount;
}
