using PerfLab.Experiments.Plans;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>Asks something of every arm after it was measured, and lets its spans become ten times as many.</summary>
internal sealed class AfterMeasuring(EventLog events) : IPostMeasurementStage
{
    public Task RunAsync(Plan plan, int launchSet, IReadOnlyList<RunningArm> arms, string launchFolder, IRunProgress progress, CancellationToken cancellationToken)
    {
        foreach (var arm in arms)
        {
            events.Add($"after {arm.Plan.Name} at {arm.Measured.Closing!.Reading.CpuSeconds}");
            foreach (var process in arm.Processes)
            {
                ((CountingReadings)process.Readings).SampledCount = 70;
            }
        }

        return Task.CompletedTask;
    }
}
