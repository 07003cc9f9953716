using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.LaunchSets;

/// <summary>
/// The time that a launch set leaves its arms to export the last batch of spans before it stops them. Many services do not flush
/// when they are told to end: Go programs without a signal handler, most of Python. They would lose up to a whole delay of traces,
/// which no service in production does until it is replaced.
/// </summary>
internal static class LastBatch
{
    // From the end of the delay until the export has arrived, on a busy processor.
    private static readonly TimeSpan s_export = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Gets how long to wait: the longest delay between two batches of an arm whose spans should arrive and which does not count them.
    /// What counts them shows a loss, and is no service that nothing is known of. No longer than half of a measured window, which holds
    /// two delays.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="arms">The arms, read at the end of their load.</param>
    /// <returns>Zero where nobody has to wait.</returns>
    public static TimeSpan WaitOf(Plan plan, IEnumerable<RunningArm> arms)
    {
        var delay = BatchWindow.LongestDelay(plan.Target, arms.Where(arm => !arm.CountsSpans && SdkEnvironment.IsExported(plan, arm.Plan)).Select(arm => arm.Plan.Environment));
        return delay > TimeSpan.Zero ? delay + s_export : TimeSpan.Zero;
    }
}
