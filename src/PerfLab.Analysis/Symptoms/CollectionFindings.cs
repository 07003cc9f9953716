using System.Globalization;
using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Symptoms;

/// <summary>Says of which arms a measured window holds so few garbage collections that one more or less decides.</summary>
internal static class CollectionFindings
{
    // With ten, one more or less is 10 %: the largest practical threshold of a metric that collections dominate is 25 %.
    private const int Enough = 10;

    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<LaunchRecord> launches)
    {
        var few = plan.Arms
            .Select(arm => (arm.Name, Counts: ArmRecords.Of(arm.Name, launches).Select(Collections).OfType<long>().ToArray()))
            .Where(arm => arm.Counts.Length > 0 && arm.Counts.Max() > 0 && arm.Counts.Min() < Enough)
            .ToArray();
        if (few.Length > 0)
        {
            yield return new Finding(
                FindingSeverity.Note,
                "gc-alignment",
                few.Length == 1 ? few[0].Name : "run",
                $"The measured window of a launch set holds few garbage collections: {string.Join("; ", few.Select(arm => $"{arm.Name} {Range(arm.Counts)}"))}. One more or less by chance changes GC pause per request by {QuantityFormat.Percent(1.0 / Math.Max(1, few.Min(arm => arm.Counts.Min())))}.",
                "Read GC pause with care, and CPU per request where pauses are a large part of it. Raise design.rounds or load.rate until a window holds ten.");
        }
    }

    private static string Range(long[] counts) => counts.Min() == counts.Max()
        ? counts.Min().ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{counts.Min()} to {counts.Max()}");

    // Collections of generation 0 are all there are: those of higher ones count among them.
    private static long? Collections(ArmRecord arm) =>
        arm.Slices.Count > 0 ? arm.ClosingReading.Gen0Count - arm.Slices.MinBy(slice => slice.Round)!.Before.Gen0Count : null;
}
