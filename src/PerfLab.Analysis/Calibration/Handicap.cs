using System.Globalization;
using PerfLab.Experiments.Metrics;

namespace PerfLab.Analysis.Calibration;

/// <summary>
/// A known cost that an arm's environment puts into its target, by the variables that Shop understands (<c>docs/shop.md</c>); any
/// service that understands them can be calibrated with.
/// </summary>
/// <param name="Kind">What sort of cost.</param>
/// <param name="Size">Seconds or bytes, for each request or each burst.</param>
/// <param name="IntervalSeconds">Time from burst to burst; null where every request carries the cost.</param>
internal sealed record Handicap(HandicapKind Kind, double Size, double? IntervalSeconds)
{
    private const string Prefix = "SHOP_HANDICAP_";
    private const string BurstInterval = Prefix + "BURST_EVERY_MS";
    private const double Micro = 1e-6;
    private const double Milli = 1e-3;

    private static readonly (string Variable, HandicapKind Kind, double Unit)[] Variables =
    [
        (Prefix + "CPU_US", HandicapKind.Cpu, Micro),
        (Prefix + "ALLOC_BYTES", HandicapKind.Bytes, 1),
        (Prefix + "DELAY_US", HandicapKind.Delay, Micro),
        (Prefix + "BURST_CPU_US", HandicapKind.CpuBursts, Micro),
        (Prefix + "BURST_ALLOC_BYTES", HandicapKind.ByteBursts, 1),
    ];

    /// <summary>The metric that shows a kind of cost.</summary>
    internal static MetricId MetricOf(HandicapKind kind) => kind switch
    {
        HandicapKind.Cpu or HandicapKind.CpuBursts => MetricId.Cpu,
        HandicapKind.Bytes or HandicapKind.ByteBursts => MetricId.Allocation,
        HandicapKind.Delay => MetricId.P50,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No metric shows this kind of cost. Add one."),
    };

    /// <summary>Reads the handicap of an arm from its variables; null where it has none, or more than one at once, which no series can tell apart.</summary>
    internal static Handicap? Of(IReadOnlyDictionary<string, string> environment)
    {
        Handicap[] found = [.. Variables.Select(variable => Read(environment, variable.Variable, variable.Kind, variable.Unit)).OfType<Handicap>()];
        return found.Length == 1 ? found[0] : null;
    }

    private static Handicap? Read(IReadOnlyDictionary<string, string> environment, string variable, HandicapKind kind, double unit)
    {
        if (NumberOf(environment, variable) is not (> 0 and var size))
        {
            return null;
        }

        var isBurst = kind is HandicapKind.CpuBursts or HandicapKind.ByteBursts;
        return new Handicap(kind, size * unit, isBurst ? NumberOf(environment, BurstInterval) * Milli : null);
    }

    private static double? NumberOf(IReadOnlyDictionary<string, string> environment, string variable) =>
        environment.TryGetValue(variable, out var text) && double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
