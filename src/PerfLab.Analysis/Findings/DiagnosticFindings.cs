using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Findings;

/// <summary>What the course of the measuring shows of things that should have no effect.</summary>
internal static class DiagnosticFindings
{
    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<LaunchRecord> launches)
    {
        var costs = SliceCosts.Of(plan, launches);
        return [.. TrendFindings.Of(plan, costs), .. ModalityFindings.Of(plan, costs), .. GarbageCollectionFindings.Of(plan, launches)];
    }
}

/// <summary>
/// CPU per request slice by slice, as the logarithm of the ratio to the arm's own median in its launch set: what is left when the
/// cost of the arm and the luck of the launch set are taken away. It never makes an estimate, only findings.
/// </summary>
internal sealed class SliceCosts
{
    private SliceCosts(IReadOnlyList<SliceCost> costs) => All = costs;

    /// <summary>Gets the costs of one launch set, those of voided rounds and of slices without an answer left out.</summary>
    internal IReadOnlyList<SliceCost> All { get; }

    /// <summary>Takes the costs of each launch set; a launch set is left out where the processor clock was not read or is too coarse.</summary>
    internal static IReadOnlyList<SliceCosts> Of(Plan plan, IReadOnlyList<LaunchRecord> launches) =>
        [.. launches.Select(launch => Of(plan, launch)).OfType<SliceCosts>()];

    private static SliceCosts? Of(Plan plan, LaunchRecord launch)
    {
        var costs = new List<SliceCost>();
        foreach (var arm in plan.Arms)
        {
            if (ArmRecords.Find(launch, arm.Name) is not { } record || Seconds(record) is not { Count: > 1 } seconds)
            {
                return null;
            }

            var median = Quantile.Median([.. seconds.Select(entry => entry.Seconds)]);
            costs.AddRange(seconds.Select(entry => new SliceCost(arm.Name, entry.Slice.Round, entry.Slice.Position, entry.Seconds, Math.Log(entry.Seconds / median))));
        }

        return new SliceCosts(costs);
    }

    // A clock in steps of 10 ms gives slices of no cost at all: it is too coarse to say anything about one.
    private static List<(SliceRecord Slice, double Seconds)>? Seconds(ArmRecord arm)
    {
        SliceRecord[] slices = [.. arm.Slices.OrderBy(slice => slice.Round)];
        var costs = new List<(SliceRecord, double)>();
        for (var index = 0; index < slices.Length; index++)
        {
            var next = index + 1 < slices.Length ? slices[index + 1].Before : arm.ClosingReading;
            if (slices[index].IsVoided || slices[index].AnsweredCount <= 0)
            {
                continue;
            }

            if (next.SteadyCpuSeconds - slices[index].Before.SteadyCpuSeconds is not (> 0 and var used))
            {
                return null;
            }

            costs.Add((slices[index], used / slices[index].AnsweredCount));
        }

        return costs;
    }
}

/// <summary>What one visit to one arm cost.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Round">The round, from 0.</param>
/// <param name="Position">The place within the round, from 0.</param>
/// <param name="Seconds">CPU seconds per request.</param>
/// <param name="LogRatio">Logarithm of the ratio to the arm's median in this launch set.</param>
internal sealed record SliceCost(string Arm, int Round, int Position, double Seconds, double LogRatio);
