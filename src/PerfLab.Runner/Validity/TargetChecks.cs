using PerfLab.Experiments;
using PerfLab.Experiments.Results;

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
            yield return new Finding(
                FindingSeverity.Warning,
                "not-settled",
                arm.Arm,
                $"After {arm.WarmUp.LoadSeconds:0.##} s of warm-up its code was still being compiled, or its CPU per request still changed by more than 10 %.",
                "Raise design.warm_up and design.warm_up_limit.");
        }

        if (CompilerShare(arm) is { } share and > CompilerNoteShare)
        {
            yield return new Finding(
                share > CompilerWarningShare ? FindingSeverity.Warning : FindingSeverity.Note,
                "still-compiling",
                arm.Arm,
                $"While it was measured, the runtime's background compiler used {share * 100:0.#} % of its CPU time; that part is left out of CPU per request.",
                "A service that has run for hours does not compile any more. Raise design.warm_up to see less of it.");
        }

        if (TicksOf(arm) is { } ticks and < FewestTicks)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "cpu-in-ticks",
                arm.Arm,
                $"Its CPU time could be read in clock ticks of 10 ms only, and {ticks:0} of them are behind the figure: it is uncertain by {100 / Math.Max(1, ticks):0} %.",
                "Raise design.rounds, design.slice or load.rate, or run where the kernel tells a process's CPU clock.");
        }

        foreach (var process in arm.Processes.Where(process => process.ExitCode is not (0 or EndedBySigterm)))
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "unclean-stop",
                arm.Arm,
                process.ExitCode is { } code
                    ? $"Process {process.Name} ended with exit code {code} when asked to stop."
                    : $"Process {process.Name} did not stop in 10 s and was killed.",
                "Spans not yet exported are lost with it: handle SIGTERM and flush.");
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
