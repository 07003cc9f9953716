using System.CommandLine;
using PerfLab.Analysis;

namespace PerfLab.Cli.Verbs;

/// <summary>How a run's thresholds end the program, the same for every verb that judges a run.</summary>
internal static class ThresholdExit
{
    /// <summary>Creates <c>--fail-on-inconclusive</c>.</summary>
    public static Option<bool> CreateOption() => new("--fail-on-inconclusive")
    {
        Description = "End with 99 also when a threshold is not decided. Without, only a violated one fails.",
    };

    /// <summary>The exit code of a run that went well but for its thresholds.</summary>
    public static int CodeOf(RunAnalysis analysis, bool failOnInconclusive) =>
        analysis.Thresholds.Fail(failOnInconclusive) ? ExitCode.ThresholdFailed : ExitCode.Passed;
}
