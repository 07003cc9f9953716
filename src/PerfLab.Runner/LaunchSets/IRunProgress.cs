using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Is told what a run does.</summary>
public interface IRunProgress
{
    /// <summary>A step begins or a slice ended. Called from the thread that paces requests: must return at once.</summary>
    void Report(RunStep step);

    /// <summary>The plan is made.</summary>
    void Planned(Plan plan);

    /// <summary>A launch set ended, and its targets with it: nothing is measured until this returns, and the time it takes is of the run's budget.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="isValid">Whether it counts.</param>
    /// <param name="findings">What the validity checks found.</param>
    /// <param name="remaining">Time that the rest of the plan will take.</param>
    void LaunchSetDone(int number, bool isValid, IReadOnlyList<Finding> findings, TimeSpan remaining);
}

/// <summary>One step of a run as it happens.</summary>
/// <param name="Phase">What is going on.</param>
/// <param name="LaunchSet">Number of the launch set, from 1; 0 in the pilot.</param>
/// <param name="LaunchSets">Launch sets planned; 0 where not yet known.</param>
public sealed record RunStep(RunPhase Phase, int LaunchSet, int LaunchSets)
{
    /// <summary>Gets the arm that is being dealt with; null when it is all of them.</summary>
    public string? Arm { get; init; }

    /// <summary>Gets the round, from 1; 0 outside measuring.</summary>
    public int Round { get; init; }

    /// <summary>Gets the rounds of a launch set.</summary>
    public int Rounds { get; init; }

    /// <summary>Gets the starts scheduled per second, of the last slice or of the pilot's open loop; null elsewhere.</summary>
    public double? OfferedPerSecond { get; init; }

    /// <summary>Gets the starts made per second of the last slice; null outside measuring.</summary>
    public double? AchievedPerSecond { get; init; }
}

/// <summary>What a run is doing.</summary>
public enum RunPhase
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Looking for the rate.</summary>
    Pilot = 1,

    /// <summary>Starting the arms' processes.</summary>
    Start = 2,

    /// <summary>Warming up.</summary>
    WarmUp = 3,

    /// <summary>Measuring.</summary>
    Measure = 4,

    /// <summary>Stopping the arms' processes.</summary>
    Stop = 5,

    /// <summary>Finding out what the arms let one see.</summary>
    Visibility = 6,

    /// <summary>Loading an arm while its stacks are sampled; in round 0 starting it and warming it up.</summary>
    Diagnose = 7,
}
