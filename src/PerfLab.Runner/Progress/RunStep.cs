namespace PerfLab.Runner.Progress;

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
