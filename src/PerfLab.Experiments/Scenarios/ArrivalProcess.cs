namespace PerfLab.Experiments.Scenarios;

/// <summary>How the starts of an open-loop load are spread over time.</summary>
public enum ArrivalProcess
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Equal distances.</summary>
    Constant = 1,

    /// <summary>Exponential distances: independent users.</summary>
    Poisson = 2,
}
