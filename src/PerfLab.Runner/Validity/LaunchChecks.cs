using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>The validity checks of a launch set, before any statistics. Each is a case with its facts and its advice.</summary>
internal static class LaunchChecks
{
    /// <summary>Runs all checks. Of an arm whose back end was in trouble on purpose, slow and failed requests are the answer and no fault.</summary>
    /// <param name="launch">What was measured.</param>
    /// <param name="rounds">Rounds that the plan wants.</param>
    /// <param name="elsewhere">Arms that export elsewhere, or nowhere: the collector misses none of their spans.</param>
    public static IReadOnlyList<Finding> Run(LaunchRecord launch, int rounds, params IReadOnlyCollection<string> elsewhere) =>
    [
        .. launch.Arms.Where(arm => !arm.WasInTrouble).SelectMany(LoadChecks.Run),
        .. launch.Arms.SelectMany(TargetChecks.Run),
        .. launch.Arms.Where(arm => !elsewhere.Contains(arm.Arm)).SelectMany(SpanChecks.Run),
        .. launch.Arms.SelectMany(TailChecks.Run),
        .. ErrorChecks.Run([.. launch.Arms.Where(arm => !arm.WasInTrouble)]),
        .. LabChecks.Run(launch.Lab),
        .. RoundChecks.Run(launch, rounds),
    ];
}
