using System.Globalization;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Calibration;

/// <summary>
/// A known cost that an arm's environment puts into its target, by the variables that Shop understands (<c>docs/shop.md</c>); any
/// service that understands them can be calibrated with.
/// </summary>
/// <param name="Kind">What sort of cost.</param>
/// <param name="Size">Seconds or bytes, for each request or each burst.</param>
/// <param name="IntervalSeconds">Time from burst to burst; null where every request carries the cost.</param>
internal sealed record KnownCost(KnownCostKind Kind, double Size, double? IntervalSeconds)
{
    private const string Prefix = "SHOP_HANDICAP_";
    private const string BurstInterval = Prefix + "BURST_EVERY_MS";
    private const double Micro = 1e-6;
    private const double Milli = 1e-3;

    private static readonly (string Variable, KnownCostKind Kind, double Unit)[] Variables =
    [
        (Prefix + "CPU_US", KnownCostKind.Cpu, Micro),
        (Prefix + "ALLOC_BYTES", KnownCostKind.Bytes, 1),
        (Prefix + "DELAY_US", KnownCostKind.Delay, Micro),
        (Prefix + "BURST_CPU_US", KnownCostKind.CpuBursts, Micro),
        (Prefix + "BURST_ALLOC_BYTES", KnownCostKind.ByteBursts, 1),
    ];

    /// <summary>The metric that shows a kind of cost.</summary>
    internal static MetricId MetricOf(KnownCostKind kind) => kind switch
    {
        KnownCostKind.Cpu or KnownCostKind.CpuBursts => MetricId.Cpu,
        KnownCostKind.Bytes or KnownCostKind.ByteBursts => MetricId.Allocation,
        KnownCostKind.Delay => MetricId.P50,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No metric shows this kind of cost. Add one."),
    };

    /// <summary>Reads the handicap of an arm from its variables; null where it has none, or more than one at once, which no series can tell apart.</summary>
    internal static KnownCost? Of(IReadOnlyDictionary<string, string> environment)
    {
        KnownCost[] found = [.. Variables.Select(variable => Read(environment, variable.Variable, variable.Kind, variable.Unit)).OfType<KnownCost>()];
        return found.Length == 1 ? found[0] : null;
    }

    private static KnownCost? Read(IReadOnlyDictionary<string, string> environment, string variable, KnownCostKind kind, double unit)
    {
        if (NumberOf(environment, variable) is not (> 0 and var size))
        {
            return null;
        }

        var isBurst = kind is KnownCostKind.CpuBursts or KnownCostKind.ByteBursts;
        return new KnownCost(kind, size * unit, isBurst ? NumberOf(environment, BurstInterval) * Milli : null);
    }

    private static double? NumberOf(IReadOnlyDictionary<string, string> environment, string variable) =>
        environment.TryGetValue(variable, out var text) && double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>What sort of known cost an arm carries.</summary>
public enum KnownCostKind
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>CPU time of each request.</summary>
    Cpu = 1,

    /// <summary>Managed bytes of each request.</summary>
    Bytes = 2,

    /// <summary>Waiting time of each request.</summary>
    Delay = 3,

    /// <summary>CPU time in lumps, in the background.</summary>
    CpuBursts = 4,

    /// <summary>Managed bytes in lumps, in the background.</summary>
    ByteBursts = 5,
}

/// <summary>What a handicap put on each request of a launch set.</summary>
internal static class InjectedCost
{
    /// <summary>Gets the cost per answered request, in the metric's unit; null where nothing was answered.</summary>
    internal static double? PerRequest(KnownCost handicap, Plan plan, ArmRecord arm)
    {
        if (handicap.IntervalSeconds is not { } interval)
        {
            return handicap.Size;
        }

        var answered = arm.CountedSlices.Sum(slice => slice.AnsweredCount);
        return answered > 0 ? handicap.Size * ChargedSeconds(plan, arm) / interval / answered : null;
    }

    // An arm is charged from just before a slice to just before its next, and one idle round after the last. Bursts come whether
    // it is loaded or not; how many fall into that time is chance, by one more or less, and this is what there are on average.
    private static double ChargedSeconds(Plan plan, ArmRecord arm)
    {
        SliceRecord[] slices = [.. arm.Slices.OrderBy(slice => slice.Round)];
        var end = slices[^1].StartSeconds + (plan.Arms.Count * plan.SliceSeconds);
        return slices.Select((slice, index) => slice.IsVoided ? 0 : (index + 1 < slices.Length ? slices[index + 1].StartSeconds : end) - slice.StartSeconds).Sum();
    }
}
