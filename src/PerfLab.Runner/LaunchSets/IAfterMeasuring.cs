using PerfLab.Experiments.Plans;
using PerfLab.Runner.Progress;

namespace PerfLab.Runner.LaunchSets;

/// <summary>What is done with the arms of a launch set when they have been measured, before they are stopped.</summary>
internal interface IAfterMeasuring
{
    /// <summary>Does it, and enters what comes of it in the arms.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="launchSet">Number of the launch set, from 1.</param>
    /// <param name="arms">The arms, alive.</param>
    /// <param name="launchFolder">The folder of the unfinished launch set.</param>
    /// <param name="progress">Is told what goes on.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    Task RunAsync(Plan plan, int launchSet, IReadOnlyList<ArmInstance> arms, string launchFolder, IRunProgress progress, CancellationToken cancellationToken);
}
