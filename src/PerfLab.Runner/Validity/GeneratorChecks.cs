using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>Whether the lab and the machine left room to measure.</summary>
internal static class GeneratorChecks
{
    // docs/measurement.md: generator at or below 80 % of its cores.
    private const double BusyShare = 0.80;

    /// <summary>Checks the lab's own record.</summary>
    /// <param name="lab">What the lab used.</param>
    /// <param name="isTool">Whether a load tool made the load: one in a closed loop keeps its processors busy, and one that falls behind says so by its rate.</param>
    public static IEnumerable<Finding> Run(PerfLabUsage lab, bool isTool = false)
    {
        var busy = lab.CpuSeconds / (lab.WindowSeconds * lab.Cores);
        if (busy > BusyShare)
        {
            yield return new Finding(
                isTool ? FindingSeverity.Warning : FindingSeverity.Invalid,
                "lab-busy",
                "generator")
            {
                Details = new GeneratorBusy(busy, BusyShare, lab.Cores),
            };
        }

        // What the quota of its own containers does to a target is a property of it; what stops PerfLab too shows in every arm.
        foreach (var (ratio, isTargets) in new[] { (lab.Strain?.ThrottledRatio, false), (lab.Strain?.TargetThrottledRatio, true) })
        {
            if (ratio > MachineStrain.NotableRatio)
            {
                yield return new Finding(FindingSeverity.Warning, "cpu-throttled", RoundChecks.Machine) { Details = new CpuThrottled(ratio.Value, isTargets) };
            }
        }

        if (lab.StealSeconds is not { } steal)
        {
            yield break;
        }

        var share = steal / lab.WindowSeconds;
        if (share > StealLimit.WarningShare)
        {
            yield return new Finding(
                share > StealLimit.InvalidShare ? FindingSeverity.Invalid : FindingSeverity.Warning,
                "noisy-neighbour",
                RoundChecks.Machine)
            {
                Details = new CpuStolen(share),
            };
        }
    }
}

/// <summary>The share of one processor's time that the hypervisor may take.</summary>
internal static class StealLimit
{
    /// <summary>Worth a word.</summary>
    public const double WarningShare = MachineStrain.NotableRatio;

    /// <summary>Shows in response times.</summary>
    public const double DisturbingShare = 0.05;

    // Up to here two arms agree in the CPU time of a round nearly as well as in quiet ones (docs/measurement.md, "validity comes
    // before statistics").

    /// <summary>Shows in every number.</summary>
    public const double InvalidShare = 0.20;
}
