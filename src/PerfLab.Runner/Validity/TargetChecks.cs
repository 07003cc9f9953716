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

    // Below it the last tick of ended processes changes the figure by less than the ticks that are too few would.
    private const double EndedNoteShare = 0.1;

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

        if (CpuSecondsOf(arm) / TickSeconds is { } ticks and < FewestTicks)
        {
            var ended = EndedShare(arm);
            var isInTicks = arm.Processes.Any(process => process.ReadingSource is ReadingSourceName.Ticks or ReadingSourceName.ProbeTicks);
            if (isInTicks || ended > EndedNoteShare)
            {
                yield return new Finding(FindingSeverity.Warning, "cpu-in-ticks", arm.Arm) { Details = new CpuInTicks(TickSeconds, ticks, isInTicks ? null : ended) };
            }
        }

        foreach (var process in arm.Processes.Where(process => process.ExitCode is not (0 or EndedBySigterm)))
        {
            yield return new Finding(FindingSeverity.Warning, "unclean-stop", arm.Arm) { Details = new UncleanStop(process.Name, process.ExitCode, RunningTarget.StopTimeout.TotalSeconds) };
        }
    }

    private static double? CpuSecondsOf(ArmRecord arm) =>
        arm.Slices.Count > 0 ? arm.ClosingReading.CpuSeconds - arm.Slices[0].Before.CpuSeconds : null;

    // What no program was seen to use: of processes that ended between two readings, which the kernel adds to their parent in ticks.
    private static double? EndedShare(ArmRecord arm) =>
        arm.Programs.Count > 0 && CpuSecondsOf(arm) is > 0 and var all ? 1 - (arm.Programs.Sum(program => program.CpuSeconds) / all) : null;

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
