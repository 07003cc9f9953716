using System.Collections.Concurrent;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Metrics;

/// <summary>
/// At which level one look at a run is judged. A run that is looked at once, at its end, has the full 5 %; one that may end
/// earlier, as soon as everything is decided, spends them over its looks (<see cref="SequentialDesign"/>).
/// </summary>
/// <param name="ConfidenceLevel">Level of the interval of this look: at least 95 %, more where there are several looks.</param>
/// <param name="FamilyAlphas">The p-value at which the look rejects in a family of one, two and so on.</param>
/// <param name="IsRepeated">Whether the plan has several looks, so that the intervals cover over all of them together.</param>
internal sealed record LookLevels(double ConfidenceLevel, IReadOnlyList<double> FamilyAlphas, bool IsRepeated)
{
    // The same looks give the same levels for ever, on every machine.
    private const ulong Seed = 0x5EC0_DA7A_1983;

    private static readonly ConcurrentDictionary<(string Looks, int Families), SequentialDesign> s_designs = new();

    /// <summary>Gets the levels of a run.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="launchSets">Launch sets that count.</param>
    internal static LookLevels Of(Plan plan, int launchSets)
    {
        var comparisons = Math.Max(1, plan.Arms.Count(arm => arm.Role == ArmRole.Variant));

        // Whoever is interrupted between two looks looks there: the looks that went before have had their share.
        int[] looks = [.. plan.Looks.Where(look => look < launchSets), launchSets];
        if (plan.Looks.Count < 2 || launchSets < 1 || launchSets > SequentialDesign.MaxCount || (looks.Length == 1 && !plan.Looks.Contains(launchSets)))
        {
            return OneLook(comparisons);
        }

        int[] design = plan.Looks.Contains(launchSets) ? [.. plan.Looks] : looks;
        var alphas = s_designs.GetOrAdd((string.Join(' ', design), comparisons), _ => Create(design, comparisons));
        return new LookLevels(
            1 - alphas.NominalAlpha(looks.Length - 1, 0),
            [.. Enumerable.Range(0, comparisons).Select(family => alphas.NominalAlpha(looks.Length - 1, family))],
            IsRepeated: true);
    }

    /// <summary>Gets the levels of data that are looked at once.</summary>
    /// <param name="comparisons">The largest family of comparisons.</param>
    internal static LookLevels OneLook(int comparisons = 1) =>
        new(RunConfidence.Level, [.. Enumerable.Range(1, comparisons).Select(family => VerdictRule.Alpha / family)], IsRepeated: false);

    /// <summary>
    /// Chooses the looks of a plan: the first where every variant can be called Slower or Faster, then up to three more, the last at
    /// the planned number. One look only where there is no room for several.
    /// </summary>
    /// <param name="launchSets">The planned number.</param>
    /// <param name="comparisons">Variants that are compared with the baseline.</param>
    internal static IReadOnlyList<int> Choose(int launchSets, int comparisons)
    {
        const int Most = 4;
        var alpha = VerdictRule.Alpha / Math.Max(1, comparisons);
        var first = Enumerable.Range(1, launchSets).FirstOrDefault(count => Math.ScaleB(2, -count) <= alpha * count / launchSets, launchSets);
        if (launchSets > SequentialDesign.MaxCount || first >= launchSets)
        {
            return [launchSets];
        }

        var step = (int)Math.Ceiling((launchSets - first) / (double)(Most - 1));
        return [.. Enumerable.Range(0, Most).Select(index => Math.Min(launchSets, first + (index * step))).Distinct()];
    }

    /// <summary>
    /// Holm's adjustment at this look: a p-value is compared with what the look allows in a family of its size. The result is scaled
    /// so that 5 % is always the limit.
    /// </summary>
    internal IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues) =>
        IsRepeated ? Holm.Adjust(pValues, left => FamilyAlphas[left - 1] > 0 ? VerdictRule.Alpha / FamilyAlphas[left - 1] : double.MaxValue) : Holm.Adjust(pValues);

    /// <summary>The Hodges-Lehmann estimate of the values with the interval of this look; null where there are too few.</summary>
    /// <param name="values">One for each launch set.</param>
    internal Interval? IntervalOf(IReadOnlyList<double> values) => SignedRankInterval.Of(values, ConfidenceLevel) is { } estimate
        ? new Interval(estimate.Value, estimate.Low, estimate.High, IsRepeated ? RunConfidence.Level : estimate.ConfidenceLevel)
        : null;

    private static SequentialDesign Create(int[] looks, int comparisons)
    {
        var generator = new SeededGenerator(Seed);
        return SequentialDesign.Create(looks, [.. Enumerable.Range(1, comparisons).Select(family => VerdictRule.Alpha / family)], generator.NextUInt64);
    }
}
