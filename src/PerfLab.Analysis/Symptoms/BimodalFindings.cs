using System.Globalization;
using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Plans;
using PerfLab.Statistics.Descriptions;

namespace PerfLab.Analysis.Symptoms;

/// <summary>Says of which arms the rounds lie in several heaps, launch set after launch set.</summary>
internal static class BimodalFindings
{
    // Of unimodal samples one in twenty is described as several heaps; three of six by chance is one run in five hundred.
    private const int FewestLaunchSets = 3;

    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<SliceCosts> launches) =>
        plan.Arms.Select(arm => Of(arm.Name, launches)).OfType<Finding>();

    private static Finding? Of(string arm, IReadOnlyList<SliceCosts> launches)
    {
        double[][] rounds = [.. launches.Select(launch => launch.All.Where(cost => cost.Arm == arm).Select(cost => cost.Seconds).ToArray())];
        var heaps = rounds.Where(costs => costs.Length > 0).Select(Modality.Describe).Where(description => !description.IsUnimodal).ToArray();
        if (heaps.Length < FewestLaunchSets || 2 * heaps.Length < launches.Count)
        {
            return null;
        }

        var example = heaps[0].Modes;
        var format = QuantityFormat.For(MetricUnit.Seconds, example.Select(mode => (double?)mode));
        return new Finding(
            FindingSeverity.Note,
            "bimodal-rounds",
            arm,
            string.Create(CultureInfo.InvariantCulture, $"CPU per request of its rounds lies in several heaps in {heaps.Length} of {launches.Count} launch sets, for example about {string.Join(" and ", example.Select(format.WithUnit))}."),
            "The total counts all of them in their true shares. Something comes and goes: a batch export, a collection, a timer. More design.rounds average over it.");
    }
}
