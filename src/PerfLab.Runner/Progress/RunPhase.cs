namespace PerfLab.Runner.Progress;

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
}
