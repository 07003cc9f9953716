using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Validity;

/// <summary>Whether an arm's processes behaved: settled, stopped when asked, and lost no spans.</summary>
internal static class TargetChecks
{
    private const double CompilerNoteShare = 0.01;
    private const double CompilerWarningShare = 0.25;

    // USER_HZ is 100 on every Linux that .NET runs on (proc(5)); 50 ticks are known to 2 %.
    private const double TickSeconds = 0.01;
    private const double FewestTicks = 50;

    // 128 + SIGTERM: a JVM that has run its shutdown hooks, and every program that leaves the signal to the system.
    private const int EndedBySigterm = 143;

    /// <summary>Checks one arm.</summary>
    public static IEnumerable<Finding> Run(ArmRecord arm)
    {
        if (arm.WarmUp.Settled == false)
        {
            yield return new Finding(FindingSeverity.Warning, "not-settled", arm.Arm)
            {
                Details = new NotSettled(arm.WarmUp.LoadSeconds, CompilationCheck.IsDone(arm.WarmUp.CompiledMethodCounts) == false),
            };
        }

        if (CompilerShare(arm) is { } share and > CompilerNoteShare)
        {
            yield return new Finding(
                share > CompilerWarningShare ? FindingSeverity.Warning : FindingSeverity.Note,
                "still-compiling",
                arm.Arm)
            {
                Details = new StillCompiling(share),
            };
        }

        if (TicksOf(arm) is { } ticks and < FewestTicks)
        {
            yield return new Finding(FindingSeverity.Warning, "cpu-in-ticks", arm.Arm) { Details = new CpuInTicks(TickSeconds, ticks) };
        }

        foreach (var process in arm.Processes.Where(process => process.ExitCode is not (0 or EndedBySigterm)))
        {
            yield return new Finding(FindingSeverity.Warning, "unclean-stop", arm.Arm) { Details = new UncleanStop(process.Name, process.ExitCode, RunningTarget.StopTimeout.TotalSeconds) };
        }
    }

    private static double? TicksOf(ArmRecord arm) =>
        arm.Slices.Count > 0 && arm.Processes.Any(process => process.ReadingSource == ReadingSourceName.Ticks)
            ? (arm.ClosingReading.CpuSeconds - arm.Slices[0].Before.CpuSeconds) / TickSeconds
            : null;

    private static double? CompilerShare(ArmRecord arm)
    {
        if (arm.Slices.Count == 0)
        {
            return null;
        }

        var (before, after) = (arm.Slices[0].Before, arm.ClosingReading);
        return (after.CompilerCpuSeconds - before.CompilerCpuSeconds) / (after.CpuSeconds - before.CpuSeconds);
    }
}
