using System.CommandLine;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Trust;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Thresholds;
using PerfLab.Runner.Targets;

namespace PerfLab.Cli.Execution;

/// <summary>How the program ends: k6's exit codes, because users know them.</summary>
internal static class ExitCode
{
    /// <summary>Passed, or undecided with a warning.</summary>
    public const int Passed = 0;

    /// <summary>Anything that has no code of its own.</summary>
    public const int Other = 1;

    /// <summary>A threshold or gate failed.</summary>
    public const int ThresholdFailed = 99;

    /// <summary>Invalid configuration or usage; nothing was started.</summary>
    public const int InvalidConfiguration = 104;

    /// <summary>Interrupted by Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 105;

    /// <summary>The scenario or a target crashed.</summary>
    public const int Crashed = 107;

    /// <summary>Gets the code of an error that is none of the program itself; null for any other.</summary>
    public static int? Of(Exception error) => error switch
    {
        ScenarioException or UsageException or RunNotFoundException or InvalidDataException or ThresholdSyntaxException => InvalidConfiguration,
        OperationCanceledException => Interrupted,
        TargetFailedException => Crashed,
        IOException or UnauthorizedAccessException => Crashed,
        _ => null,
    };
}

/// <summary>How a run's thresholds end the program, the same for every verb that judges a run.</summary>
internal static class ThresholdExit
{
    /// <summary>Creates <c>--fail-on-inconclusive</c>.</summary>
    public static Option<bool> CreateOption() => new("--fail-on-inconclusive")
    {
        Description = "End with 99 also when a threshold is not decided, or when the run is not trusted to decide anything. Without, only a violated threshold fails.",
    };

    /// <summary>The exit code of a run that went well but for its thresholds.</summary>
    public static int CodeOf(RunAnalysis analysis, bool failOnInconclusive) =>
        analysis.Thresholds.Fail(failOnInconclusive) || (failOnInconclusive && analysis.Trust.Level is TrustLevel.Undecided or TrustLevel.Untrusted) ? ExitCode.ThresholdFailed : ExitCode.Passed;
}
