using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>The validity checks of a launch set, before any statistics. Each is a case with its facts and its advice.</summary>
internal static class LaunchChecks
{
    /// <summary>Runs all checks.</summary>
    /// <param name="launch">What was measured.</param>
    /// <param name="rounds">Rounds that the plan wants.</param>
    public static IReadOnlyList<Finding> Run(LaunchRecord launch, int rounds) =>
    [
        .. launch.Arms.SelectMany(LoadChecks.Run),
        .. launch.Arms.SelectMany(TargetChecks.Run),
        .. launch.Arms.SelectMany(TailChecks.Run),
        .. ErrorChecks.Run(launch.Arms),
        .. LabChecks.Run(launch.Lab),
        .. RoundChecks.Run(launch, rounds),
    ];
}
