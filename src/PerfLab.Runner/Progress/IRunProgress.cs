using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Plans;

namespace PerfLab.Runner.Progress;

/// <summary>Is told what a run does. Called from the thread that paces requests: must return at once.</summary>
public interface IRunProgress
{
    /// <summary>A step begins or a slice ended.</summary>
    void Report(RunStep step);

    /// <summary>The plan is made.</summary>
    void Planned(Plan plan);

    /// <summary>A launch set ended.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="isValid">Whether it counts.</param>
    /// <param name="findings">What the validity checks found.</param>
    /// <param name="remaining">Time that the rest of the plan will take.</param>
    void LaunchSetDone(int number, bool isValid, IReadOnlyList<Finding> findings, TimeSpan remaining);
}
